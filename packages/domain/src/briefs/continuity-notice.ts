import type { ResumeVerdict } from "../tasks/resume.ts";

type NoticeReason =
  | Extract<ResumeVerdict, { readonly kind: "continuity_notice" }>["reason"]
  | "session_rejected";

const causes: Readonly<Record<NoticeReason, string>> = {
  session_retired: "your earlier session was closed for good",
  session_rejected: "your earlier session could not be opened again",
  session_unknown: "the program that you run in keeps no sessions",
  session_unsafe: "your earlier session ended in a way that it cannot be continued from",
  other_runtime: "your earlier session is on another machine",
  directory_unknown: "the directory of your earlier session is no longer known",
};

/**
 * Text before the prompt of a run that should have continued a session and does not: the agent has
 * worked on this before and does not remember it. Of a run that is to resume one it is for the case
 * that the session cannot be opened.
 */
export function continuityNotice(verdict: ResumeVerdict, issueKey: string): string {
  if (verdict.kind === "fresh") return "";
  const cause = causes[verdict.kind === "resume" ? "session_rejected" : verdict.reason];
  return [
    `Note: you have worked on ${issueKey} before, but ${cause}, so you do not remember it.`,
    `Before you start, read \`headcount issue comment list ${issueKey}\` and look at the state of your working directory and branch. Continue from there; do not repeat what is done.`,
  ].join("\n");
}
