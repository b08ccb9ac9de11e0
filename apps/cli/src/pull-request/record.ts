import { pullRequestStates, type PullRequestState } from "@headcount/contract/pull-requests/words";
import { defineCommand } from "../command.ts";
import { requireOption } from "../input/require-option.ts";
import { readIssue } from "../issue/issue-words.ts";
import { issuesOf } from "./pull-request-words.ts";

export const pullRequestRecord = defineCommand({
  name: "pull-request record",
  summary: "Record how a pull request stands, of whatever git host",
  details:
    "For scripts and CI where the host does not send by itself. The same address again is the same pull request; what is not named stays. It is linked to issues whose keys stand in its branch or title, and to those named with --issue, which take the place of those that were named before. A merge stays.",
  route: "pull-requests.record",
  format: "table",
  options: {
    url: { value: "URL", summary: "address of its page" },
    state: { value: "STATE", choices: pullRequestStates, summary: "how it stands" },
    title: { value: "TITLE", summary: "its title" },
    branch: { value: "NAME", summary: "branch that it brings" },
    baseBranch: { value: "NAME", summary: "branch that it goes into" },
    headCommit: { value: "HASH", summary: "its newest commit" },
    author: { value: "LOGIN", summary: "who opened it" },
    additions: { value: "N", count: "from-zero", summary: "lines that it adds" },
    deletions: { value: "N", count: "from-zero", summary: "lines that it takes away" },
    issue: { value: "KEY", multiple: true, summary: "issue that it is work on; repeat" },
    repository: { value: "NAME", summary: "`owner/name`, where the address does not tell" },
    number: { value: "N", count: true, summary: "its number, where the address does not tell" },
    openedAt: { value: "TIME", summary: "when it was opened, 2026-10-01T12:00:00Z" },
    mergedAt: { value: "TIME", summary: "when it was merged; now unless stated" },
    closedAt: { value: "TIME", summary: "when it was closed; now unless stated" },
    updatedAt: { value: "TIME", summary: "of when this is; older than known changes nothing" },
  },
  examples: [
    "headcount pull-request record --url https://git.example/acme/web/pulls/7 --state open --branch acme-12-login",
    'headcount pull-request record --url "$PR_URL" --state merged --issue ACME-12',
  ],
  async run(cli, { options }) {
    const { url, state, issue, ...said } = options;
    const named = Object.fromEntries(
      Object.entries(said).filter(([, value]) => value !== undefined),
    );
    return cli.call("pull-requests.record", {
      workspace: await cli.workspace(),
      url: requireOption("url", url),
      // The parser takes none but these words.
      state: requireOption("state", state) as PullRequestState,
      ...named,
      ...(issue === undefined ? {} : { issues: issue.map(readIssue) }),
    });
  },
  print({ pullRequest, effect }, printer) {
    printer.fields([
      ["Pull request", `${pullRequest.repository}#${pullRequest.number}`],
      ["State", pullRequest.state],
      ["Title", pullRequest.title],
      ["Issues", issuesOf(pullRequest)],
    ]);
    if (effect === "none") printer.hint("Nothing of it is new.");
  },
});
