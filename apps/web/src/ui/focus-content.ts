/** Focus of a panel that is there to be read: the whole of it, so that no button's tooltip opens with it. */
export function focusContent(event: Event): void {
  event.preventDefault();
  if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
}
