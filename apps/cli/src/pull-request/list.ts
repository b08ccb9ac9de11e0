import { pullRequestStates, type PullRequestState } from "@headcount/contract/pull-requests/words";
import { defineCommand } from "../command.ts";
import { readIssue } from "../issue/issue-words.ts";
import { pageInput, pageOptions, printMore } from "../output/print-more.ts";
import { printPullRequests } from "./pull-request-words.ts";

export const pullRequestList = defineCommand({
  name: "pull-request list",
  summary: "List the pull requests that Headcount knows of, the latest first",
  details: "Keys in brackets are of issues that a pull request only mentions.",
  route: "pull-requests.list",
  format: "table",
  options: {
    issue: { value: "KEY", summary: "only those of this issue" },
    state: {
      value: "STATE",
      multiple: true,
      choices: pullRequestStates,
      summary: "only these; repeat",
    },
    repository: { value: "NAME", summary: "only of this one, `owner/name`" },
    ...pageOptions,
  },
  examples: [
    "headcount pull-request list --issue ACME-12",
    "headcount pull-request list --state merged --output json",
  ],
  async run(cli, { options }) {
    const { issue, state, repository } = options;
    return cli.call("pull-requests.list", {
      workspace: await cli.workspace(),
      ...(issue === undefined ? {} : { issue: readIssue(issue) }),
      // The parser takes none but these words.
      ...(state === undefined ? {} : { state: state as PullRequestState[] }),
      ...(repository === undefined ? {} : { repository }),
      ...pageInput(options),
    });
  },
  print(page, printer) {
    printPullRequests(page.items, printer);
    printMore(page, printer);
    if (page.items.length === 0) {
      printer.hint(
        "GitHub tells of them after `headcount git-connection create`, scripts with `headcount pull-request record`.",
      );
    }
  },
});
