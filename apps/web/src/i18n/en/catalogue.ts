import { firstTexts } from "./first-texts.ts";
import { pageTexts } from "./page-texts.ts";

/** Every English text. English decides the keys and parameters; other languages follow its shape. */
export const catalogue = { ...firstTexts, ...pageTexts };
