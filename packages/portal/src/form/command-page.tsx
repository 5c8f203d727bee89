export function CommandPage() {
  return null;
}
