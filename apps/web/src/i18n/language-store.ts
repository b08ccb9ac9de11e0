import { create } from "zustand";
import type { Catalogue } from "./catalogue.ts";
import { languages, pickLanguage, type Language } from "./language.ts";
import { loadCatalogue } from "./load-catalogue.ts";

const storageKey = "headcount.language";

type LanguageStore = {
  readonly language: Language;
  /** Null only until the first `useLanguage(…)`, which happens before the first render. */
  readonly text: Catalogue | null;
};

/** The language in use and its texts. */
export const languageStore = create<LanguageStore>(() => ({ language: "en", text: null }));

/** The language this browser was last set to, else the best match for its preferences. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  return languages.find((language) => language === stored) ?? pickLanguage(navigator.languages);
}

/** Loads a language, then switches every text, number and date of the page to it. */
export async function setLanguage(language: Language): Promise<void> {
  const text = await loadCatalogue(language);
  document.documentElement.lang = language;
  languageStore.setState({ language, text });
}

/** Switches the language and remembers it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await setLanguage(language);
}
