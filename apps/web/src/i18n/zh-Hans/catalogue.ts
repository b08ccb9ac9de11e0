import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { issues } from "./issues.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";
import { tasks } from "./tasks.ts";

import type { Catalogue } from "../catalogue.ts";

/** Every Simplified Chinese text. */
export const catalogue = {
  common,
  errors,
  figures,
  issues,
  shell,
  states,
  tasks,
} satisfies Catalogue;
