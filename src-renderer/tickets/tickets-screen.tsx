export function TicketsScreen() {
  return null;
}
