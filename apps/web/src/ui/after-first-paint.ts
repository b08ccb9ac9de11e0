const waiting: (() => Promise<unknown>)[] = [];
let painted = false;

/**
 * Calls `load` once the first page is on screen, or at once when it is. What fails to arrive then is
 * asked for again when it is needed.
 */
export function afterFirstPaint(load: () => Promise<unknown>): void {
  if (painted) load().catch(() => undefined);
  else waiting.push(load);
}

/** The first page is on screen: fetches what waited for that, so that it is there when it is used. */
export function firstPageIsPainted(): void {
  if (painted) return;
  painted = true;
  for (const load of waiting.splice(0)) load().catch(() => undefined);
}
