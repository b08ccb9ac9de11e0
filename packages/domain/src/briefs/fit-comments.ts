/** Most UTF-8 bytes of comment text in one payload. */
export const mostCommentBytes = 512 * 1_024;

const encoder = new TextEncoder();

/**
 * Splits comments into those that fit into one payload and those that wait for the next run. The
 * trigger comes first and is always taken; of the others, in their order, as many as fit, and none
 * after the first that does not, so that nothing is answered out of order.
 */
export function fitComments<Item extends { readonly body: string }>(
  trigger: Item | null,
  planned: readonly Item[],
  mostBytes: number = mostCommentBytes,
): { readonly delivered: readonly Item[]; readonly postponed: readonly Item[] } {
  let left = mostBytes - (trigger === null ? 0 : encoder.encode(trigger.body).length);
  let taken = 0;
  for (const comment of planned) {
    left -= encoder.encode(comment.body).length;
    if (left < 0) break;
    taken += 1;
  }
  const first = trigger === null ? [] : [trigger];
  return { delivered: [...first, ...planned.slice(0, taken)], postponed: planned.slice(taken) };
}
