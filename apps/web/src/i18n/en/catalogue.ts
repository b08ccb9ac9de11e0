import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { issues } from "./issues.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";
import { tasks } from "./tasks.ts";

/** Every English text. English decides the keys and parameters; other languages follow its shape. */
export const catalogue = { common, errors, figures, issues, shell, states, tasks };
