import { patientImport } from "../data/patient-import.ts";
import { loadPageTexts } from "../i18n/language-store.ts";

/** A page together with its texts. */
export function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([patientImport(load), patientImport(loadPageTexts)]);
    return module;
  };
}
