/** Round steps for an axis from zero to at least `largest`. */
export type Scale = { readonly top: number; readonly ticks: readonly number[] };

/** An axis whose steps are 1, 2, 2.5 or 5 times a power of ten, about `wanted` of them. */
export function niceScale(largest: number, wanted: number): Scale {
  if (largest <= 0) return { top: 1, ticks: [0] };
  const rough = largest / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const count = Math.ceil(largest / step - 1e-9);
  return {
    top: step * count,
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}
