import type { Interval } from "./intervals.ts";

/** Every form is at least this long, so its first units tell it from nearly all other text. */
const headUnits = 4;
const tableSize = 1 << 16;

/**
 * Looks for many texts at once. One pass over the text whatever their number: the first four
 * units of each place are looked up, and only where a form begins like that it is compared.
 */
export function createValueFinder(forms: readonly string[]): (text: string) => Interval[] {
  const heads = new Uint8Array(tableSize);
  const byHead = new Map<number, string[]>();
  for (const form of forms) {
    if (form.length < headUnits) continue;
    const head = headOf(form, 0);
    heads[head] = 1;
    const same = byHead.get(head) ?? [];
    same.push(form);
    byHead.set(head, same);
  }
  for (const same of byHead.values()) same.sort((left, right) => right.length - left.length);

  return (text) => {
    const found: Interval[] = [];
    if (byHead.size === 0) return found;
    const last = text.length - headUnits;
    for (let at = 0; at <= last; at += 1) {
      const head = headOf(text, at);
      if (heads[head] === 0) continue;
      // The longest comes first: what is shorter lies inside of it.
      const form = byHead.get(head)?.find((one) => text.startsWith(one, at));
      if (form !== undefined) found.push({ start: at, end: at + form.length });
    }
    return found;
  };
}

function headOf(text: string, at: number): number {
  const low = text.charCodeAt(at) + text.charCodeAt(at + 1) * 251;
  const high = text.charCodeAt(at + 2) * 63_001 + text.charCodeAt(at + 3) * 15_813_251;
  return (low ^ high ^ (high >>> 16)) & (tableSize - 1);
}
