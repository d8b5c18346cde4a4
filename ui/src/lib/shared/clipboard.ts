/**
 * Copies a text. Web views differ in what they allow a page of a custom scheme: where the modern
 * way is refused, the old one of selecting and copying still works.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!copySelected(text)) throw error;
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('aria-hidden', 'true');
  field.className = 'sr-only';
  // Within an open dialog, since focus outside of it would be taken back.
  (document.activeElement?.closest('[role="dialog"]') ?? document.body).append(field);
  const former = document.activeElement;
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (former instanceof HTMLElement) former.focus({ preventScroll: true });
  return copied;
}
