import type { Catalogue } from "../catalogue.ts";
import { firstTexts } from "./first-texts.ts";
import { pageTexts } from "./page-texts.ts";

/** Every Simplified Chinese text. */
export const catalogue = { ...firstTexts, ...pageTexts } satisfies Catalogue;
