import { loadPageTexts } from "../i18n/language-store.ts";

/** A page together with its texts. */
export function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadPageTexts()]);
    return module;
  };
}
