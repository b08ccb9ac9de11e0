import { bookProvider } from "./book-provider.ts";
import type { PriceBook, PriceOverride } from "./price-book.ts";

/** The book with the prices of a workspace, which go before its own while they are in force. */
export function withOverrides(book: PriceBook, added: readonly PriceOverride[]): PriceBook {
  const overrides = new Map<string, Map<string, readonly PriceOverride[]>>();
  for (const override of added.toSorted(laterStartFirst)) {
    const provider = bookProvider(override.provider);
    const model = override.model.trim().toLowerCase();
    const models = overrides.get(provider) ?? new Map<string, readonly PriceOverride[]>();
    overrides.set(provider, models.set(model, [...(models.get(model) ?? []), override]));
  }
  return { ...book, overrides };
}

/** Of two with the same start the one made later (ids ascend with time) goes first. */
function laterStartFirst(a: PriceOverride, b: PriceOverride): number {
  const difference = b.startsAt.getTime() - a.startsAt.getTime();
  if (difference !== 0) return difference;
  return a.id < b.id ? 1 : -1;
}
