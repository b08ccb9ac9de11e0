import { formatOf, type Format } from "./format.ts";
import { languageStore } from "./language-store.ts";

/** Number, date and list formatting in the language in use. */
export function useFormat(): Format {
  return formatOf(languageStore((state) => state.language));
}
