import type { PullRequestId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { findOne } from "../find/find-one.ts";

export const pullRequestDelete = defineCommand({
  name: "pull-request delete",
  summary: "Forget a pull request that was recorded by mistake",
  details: "A git host that still tells of it brings it back. For admins and owners.",
  route: "pull-requests.delete",
  refusedInTask: true,
  format: "table",
  arguments: { pullRequest: { summary: "its id, as `headcount pull-request list` shows it" } },
  examples: ["headcount pull-request delete 01a1fef1"],
  async run(cli, { argumentValues }) {
    const workspace = await cli.workspace();
    const pullRequestId = await idOf(cli, workspace, argumentValues.pullRequest);
    await cli.confirm("Should it be forgotten, with its links to issues?");
    return cli.call("pull-requests.delete", { workspace, pullRequestId });
  },
  print(_reply, printer) {
    printer.line(printer.said("It is forgotten."));
  },
});

const wholeId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A short id is looked for among the latest hundred. */
async function idOf(cli: Cli, workspace: string, wanted: string): Promise<PullRequestId> {
  // The server answers "not found" for the id of anything else.
  if (wholeId.test(wanted)) return wanted.toLowerCase() as PullRequestId;
  const { items } = await cli.call("pull-requests.list", { workspace, limit: 100 });
  const named = items.map((item) => ({ ...item, name: item.url }));
  return findOne(named, wanted, "pullRequest").id;
}
