import type { PullRequestTie } from "@headcount/contract/pull-requests/words";
import { ownWords } from "../issues/own-words.ts";
import { findIssueKeys } from "./find-issue-keys.ts";

/** An issue that the texts of a pull request name. */
export type NamedIssue = {
  readonly number: number;
  /** Its branch or its title does. */
  readonly inName: boolean;
  /** What its body says of it; null for nothing. */
  readonly inBody: PullRequestTie | null;
};

export type PullRequestTexts = {
  readonly branch: string | null;
  readonly title: string | null;
  /** Markdown; null for none, or where it is not known. */
  readonly body: string | null;
};

/** A title that lists everything is work on nothing in particular. */
export const mostNamedIssues = 50;
/** Longer than hosts let a body be. */
const mostBody = 200_000;

/**
 * Issues that the texts of a pull request name. One in the branch or the title, or in the body with
 * a closing word directly before it, is worked on; any other in the body is mentioned. What the body
 * has in code, quotes and comments is not said by it.
 *
 * @param prefixes in capitals, of the workspace, also former ones
 * @returns each issue once, those of the branch first, then of the title, then closed ones of the
 *   body; no more than {@link mostNamedIssues}
 */
export function findNamedIssues(
  { branch, title, body }: PullRequestTexts,
  prefixes: ReadonlySet<string>,
): readonly NamedIssue[] {
  const known = (text: string | null) =>
    text === null ? [] : findIssueKeys(text).filter(({ prefix }) => prefixes.has(prefix));
  const inName = new Set([...known(branch), ...known(title)].map(({ number }) => number));
  const ofBody = known(body === null ? null : ownWords(body.slice(0, mostBody)));
  const closed = new Set(ofBody.filter(({ isClosed }) => isClosed).map(({ number }) => number));
  const mentioned = new Set(ofBody.map(({ number }) => number));
  const tieOf = (number: number): PullRequestTie | null => {
    if (closed.has(number)) return "linked";
    return mentioned.has(number) ? "mentioned" : null;
  };
  return [...new Set([...inName, ...closed, ...mentioned])]
    .slice(0, mostNamedIssues)
    .map((number) => ({ number, inName: inName.has(number), inBody: tieOf(number) }));
}
