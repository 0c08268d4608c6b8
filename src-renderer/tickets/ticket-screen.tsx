export function TicketScreen() {
  return null;
}
