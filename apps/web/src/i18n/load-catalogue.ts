import type { Catalogue } from "./catalogue.ts";
import type { Language } from "./language.ts";

const loaders: Readonly<Record<Language, () => Promise<{ readonly catalogue: Catalogue }>>> = {
  en: () => import("./en/catalogue.ts"),
  "zh-Hans": () => import("./zh-Hans/catalogue.ts"),
};

/** Fetches a language's texts; only the language in use is downloaded. */
export async function loadCatalogue(language: Language): Promise<Catalogue> {
  const loaded = await loaders[language]();
  return loaded.catalogue;
}
