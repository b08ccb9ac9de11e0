import { agents } from "./agents.ts";
import { budgets } from "./budgets.ts";
import { charts } from "./charts.ts";
import { live } from "./live.ts";
import { members } from "./members.ts";
import { onboarding } from "./onboarding.ts";
import { pullRequests } from "./pull-requests.ts";
import { runs } from "./runs.ts";
import { runtimes } from "./runtimes.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import { skills } from "./skills.ts";
import { tank } from "./tank.ts";
import { usage } from "./usage.ts";
import { usageForecast } from "./usage-forecast.ts";
import { usageLists } from "./usage-lists.ts";
import { webhook } from "./webhook.ts";

/** The English texts of all other pages. */
export const pageTexts = {
  agents,
  budgets,
  charts,
  live,
  members,
  onboarding,
  pullRequests,
  runs,
  runtimes,
  session,
  settings,
  skills,
  tank,
  usage,
  usageForecast,
  usageLists,
  webhook,
};
