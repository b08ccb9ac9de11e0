import { common } from "./common.ts";
import { figures } from "./figures.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";

import type { Catalogue } from "../catalogue.ts";

/** Every Simplified Chinese text. */
export const catalogue = { common, figures, shell, states } satisfies Catalogue;
