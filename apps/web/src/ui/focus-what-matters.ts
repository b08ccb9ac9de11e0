/**
 * Focus of what opens above the page: the first field, or the whole of it. Never its first button,
 * whose tooltip would then cover it.
 */
export function focusWhatMatters(event: Event): void {
  event.preventDefault();
  const content = event.currentTarget;
  if (!(content instanceof HTMLElement) || content.contains(document.activeElement)) return;
  const field = content.querySelector<HTMLElement>("input:not([type=hidden]), textarea, select");
  (field ?? content).focus();
}
