import type { Printer } from "../output/printer.ts";

/** Says how much of what was used no price covers. */
export function hintUnpriced(
  total: { readonly unpricedTokens: number | string },
  printer: Printer,
): void {
  if (Number(total.unpricedTokens) > 0) {
    printer.hint(`Tokens without a known price: ${total.unpricedTokens}.`);
  }
}
