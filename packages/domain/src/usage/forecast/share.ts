/** A whole, in the parts in which shares are counted: a millionth is finer than anything shown. */
export const one = 1_000_000n;
