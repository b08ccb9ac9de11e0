import { create } from "zustand";
import { patientImport } from "../data/patient-import.ts";
import type { Catalogue } from "./catalogue.ts";
import { languages, pickLanguage, type Language } from "./language.ts";
import { textsOf, type FirstTexts, type PageTexts } from "./load-catalogue.ts";

const storageKey = "headcount.language";

type LanguageStore = {
  readonly language: Language;
  /** Null only until the first `useLanguage(…)`, which happens before the first render. */
  readonly text: Catalogue | null;
  readonly hasPageTexts: boolean;
};

/** The language in use and its texts. */
export const languageStore = create<LanguageStore>(() => ({
  language: "en",
  text: null,
  hasPageTexts: false,
}));

/** The language this browser was last set to, else the best match for its preferences. */
export function storedLanguage(): Language {
  const stored = localStorage.getItem(storageKey);
  return languages.find((language) => language === stored) ?? pickLanguage(navigator.languages);
}

/** Loads a language, then switches every text, number and date of the page to it. */
export async function setLanguage(language: Language): Promise<void> {
  const { hasPageTexts } = languageStore.getState();
  const loaders = textsOf[language];
  const [first, pages] = await Promise.all([
    patientImport(loaders.first),
    hasPageTexts ? patientImport(loaders.pages) : Promise.resolve(null),
  ]);
  document.documentElement.lang = language;
  languageStore.setState({ language, text: join(first, pages) });
}

/**
 * The texts of every page beside the board. A route that is not the board's waits for them, so
 * `useText()` has them wherever they are named.
 */
export async function loadPageTexts(): Promise<void> {
  const { language, text, hasPageTexts } = languageStore.getState();
  if (hasPageTexts) return;
  const pages = await patientImport(textsOf[language].pages);
  const now = languageStore.getState();
  // The language was changed on the way: that one's texts are the ones to wait for.
  if (now.language !== language) return loadPageTexts();
  languageStore.setState({
    text: { ...(now.text ?? text), ...pages } as Catalogue,
    hasPageTexts: true,
  });
}

function join(first: FirstTexts, pages: PageTexts | null): Catalogue {
  // Without the pages' texts no page that names one is rendered: see loadPageTexts().
  return { ...first, ...pages } as Catalogue;
}

/** Switches the language and remembers it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await setLanguage(language);
}
