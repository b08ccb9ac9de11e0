import { agents } from "./agents.ts";
import { common } from "./common.ts";
import { errors } from "./errors.ts";
import { figures } from "./figures.ts";
import { issues } from "./issues.ts";
import { members } from "./members.ts";
import { onboarding } from "./onboarding.ts";
import { runtimes } from "./runtimes.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { states } from "./states.ts";
import { tasks } from "./tasks.ts";
import { usage } from "./usage.ts";

import type { Catalogue } from "../catalogue.ts";

/** Every Simplified Chinese text. */
export const catalogue = {
  agents,
  common,
  errors,
  figures,
  issues,
  members,
  onboarding,
  runtimes,
  session,
  settings,
  shell,
  states,
  tasks,
  usage,
} satisfies Catalogue;
