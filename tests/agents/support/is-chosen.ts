import type { AgentProfile } from "./agent-profile.ts";
import type { CaseName } from "./case-names.ts";

/** Whether a story is told: all of them with HEADCOUNT_AGENT_STORIES=all, else the core. */
export function isChosen({ core }: AgentProfile, name: CaseName | undefined): boolean {
  if (process.env["HEADCOUNT_AGENT_STORIES"] === "all") return true;
  return core === "every-case" || (core === "success" && name === "success");
}
