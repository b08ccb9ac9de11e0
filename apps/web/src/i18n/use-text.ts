import type { Catalogue } from "./catalogue.ts";
import { languageStore } from "./language-store.ts";

/** All texts in the language in use: `const text = useText(); text.issues.title`. */
export function useText(): Catalogue {
  const text = languageStore((state) => state.text);
  if (text === null)
    throw new Error("A component rendered before setLanguage() had loaded a language.");
  return text;
}
