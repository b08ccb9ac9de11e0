/** Colours of the theme in use, as a canvas takes them. */
export type Look = {
  /** Resolves any CSS colour, variables included. */
  readonly colour: (css: string) => string;
  readonly ink: string;
  readonly muted: string;
  readonly faint: string;
  readonly line: string;
  readonly strongLine: string;
  readonly ground: string;
  readonly accent: string;
  readonly limit: string;
  readonly font: string;
};

/** Reads the theme at an element: a part of the page may be darker than the rest. */
export function readLook(element: HTMLElement): Look {
  const probe = document.createElement("span");
  probe.style.display = "none";
  element.append(probe);
  const known = new Map<string, string>();
  const colour = (css: string): string => {
    const stored = known.get(css);
    if (stored !== undefined) return stored;
    if (!probe.isConnected) element.append(probe);
    probe.style.color = css;
    const resolved = getComputedStyle(probe).color;
    probe.remove();
    known.set(css, resolved);
    return resolved;
  };
  return {
    colour,
    ink: colour("var(--ink)"),
    muted: colour("var(--muted)"),
    faint: colour("var(--faint)"),
    line: colour("var(--line)"),
    strongLine: colour("var(--strong-line)"),
    ground: colour("var(--ground)"),
    accent: colour("var(--accent)"),
    limit: colour("var(--waiting)"),
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
}

/** Calls back whenever the theme at an element changes, by the system or by any ancestor's choice. */
export function watchLook(element: HTMLElement, onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (let node: HTMLElement | null = element; node !== null; node = node.parentElement)
    observer.observe(node, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", onChange);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", onChange);
  };
}
