const layerSelector = "[role=dialog], [role=alertdialog]";

/** What had the focus last, in the page (null) and in each layer above it. */
const pageLast: { element: HTMLElement | null } = { element: null };
const layerLast = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus is, so that it can go back there; returns how to stop. */
export function rememberFocus(): () => void {
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    const layer = target.closest(layerSelector);
    if (layer === null) pageLast.element = target;
    else layerLast.set(layer, target);
  };
  document.addEventListener("focusin", remember);
  return () => document.removeEventListener("focusin", remember);
}

/**
 * Focus of what lies below a layer that closes: where it was before, else the layer or the page as a
 * whole. Layers that a key or an address opens have no button to give the focus back to.
 */
export function returnFocus(event: Event): void {
  event.preventDefault();
  const below = [...document.querySelectorAll<HTMLElement>(layerSelector)]
    .filter((layer) => layer !== event.currentTarget)
    .at(-1);
  const last = standing(below === undefined ? pageLast.element : layerLast.get(below));
  last?.focus({ preventScroll: true });
  if (last !== document.activeElement) (below ?? pageContent())?.focus({ preventScroll: true });
}

/** The element itself, or the one that has been drawn anew for the same card meanwhile. */
function standing(element: HTMLElement | null | undefined): HTMLElement | null {
  if (element?.isConnected === true) return element;
  const card = element?.dataset["card"];
  return card === undefined ? null : document.querySelector(`[data-card="${CSS.escape(card)}"]`);
}

/** Gives the focus back to a card that has been drawn anew while it had it. */
export function regainFocus(): void {
  if (document.activeElement === document.body) {
    standing(pageLast.element)?.focus({ preventScroll: true });
  }
}

/** Gives the page the focus where nothing has it, because what had it is gone. */
export function catchFocus(): void {
  if (document.activeElement === document.body) pageContent()?.focus({ preventScroll: true });
}

function pageContent(): HTMLElement | null {
  return document.getElementById("content");
}
