import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";

import type { Catalogue } from "../catalogue.ts";

/** Every Simplified Chinese text. */
export const catalogue = { common, errors, figures, shell, states } satisfies Catalogue;
