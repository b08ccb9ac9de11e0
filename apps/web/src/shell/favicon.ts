const badgeRadius = 9;

/** Puts the number of running tasks into the tab's icon; 0 restores the plain mark. */
export function showRunningInFavicon(running: number): void {
  const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (link === null) return;
  const href = running === 0 ? "/favicon.svg" : badgeAddress(running);
  if (link.getAttribute("href") !== href) link.setAttribute("href", href);
}

function badgeAddress(running: number): string {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#ecebe8" : "#1b1e24";
  const label = running > 9 ? "9+" : String(running);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g fill="none" stroke-width="3" stroke-linecap="round"><path stroke="${ink}" d="M7 7v18M13 7v18M19 7v18M25 7v18"/><path stroke="#12845f" d="M3 21.500 29 10.500"/></g><circle cx="23" cy="23" r="${badgeRadius}" fill="#2f6fd0"/><text x="23" y="27.500" font-family="sans-serif" font-weight="700" font-size="13" text-anchor="middle" fill="#fff">${label}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
