export function AddMailboxScreen() {
  return null;
}
