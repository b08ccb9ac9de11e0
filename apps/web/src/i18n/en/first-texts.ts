import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { issues } from "./issues.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";
import { tasks } from "./tasks.ts";

/** The English texts that the board and everything around it need. */
export const firstTexts = { common, errors, figures, issues, shell, states, tasks };
