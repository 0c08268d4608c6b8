export function MailboxesScreen() {
  return null;
}
