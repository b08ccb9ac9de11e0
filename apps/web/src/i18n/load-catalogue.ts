import type { Catalogue } from "./catalogue.ts";
import type { firstTexts } from "./en/first-texts.ts";
import type { pageTexts } from "./en/page-texts.ts";
import type { Language } from "./language.ts";

/** Texts of the board and the shell. */
export type FirstTexts = Pick<Catalogue, keyof typeof firstTexts>;
/** Texts of every other page. */
export type PageTexts = Pick<Catalogue, keyof typeof pageTexts>;

type Loaders = {
  readonly first: () => Promise<FirstTexts>;
  readonly pages: () => Promise<PageTexts>;
};

/** Fetches the texts of a language in use; only what is needed of it is downloaded. */
export const textsOf: Readonly<Record<Language, Loaders>> = {
  en: {
    first: async () => (await import("./en/first-texts.ts")).firstTexts,
    pages: async () => (await import("./en/page-texts.ts")).pageTexts,
  },
  "zh-Hans": {
    first: async () => (await import("./zh-Hans/first-texts.ts")).firstTexts,
    pages: async () => (await import("./zh-Hans/page-texts.ts")).pageTexts,
  },
};
