import type { AgentProfile } from "./agent-profile.ts";
import type { CaseName } from "./case-names.ts";

/** Whether a story is told: all of them with HEADCOUNT_AGENT_STORIES=all, else the core. */
export function isChosen({ core, tells }: AgentProfile, name: CaseName | undefined): boolean {
  if (tells !== undefined && (name === undefined || !tells.includes(name))) return false;
  if (process.env["HEADCOUNT_AGENT_STORIES"] === "all") return true;
  return core === "every-case" || (core === "success" && name === "success");
}

/** Why a story that is not told is left out. */
export function reasonLeftOut(): string {
  const isAll = process.env["HEADCOUNT_AGENT_STORIES"] === "all";
  return isAll ? "stories that what it reports cannot prove" : "told with --all";
}
