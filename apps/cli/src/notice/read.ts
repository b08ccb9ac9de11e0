import type { NoticeId } from "@headcount/contract/kit/ids";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { findOne } from "../find/find-one.ts";

export const noticeRead = defineCommand({
  name: "notice read",
  summary: "Mark notices read; all of them when none is named",
  route: "notices.read",
  refusedInTask: true,
  format: "table",
  arguments: {
    notices: {
      summary: "notices, as `headcount notice list` shows them",
      optional: true,
      several: true,
    },
  },
  options: { unread: { summary: "mark them unread again" } },
  async run(cli, { argumentValues, options }) {
    const workspace = await cli.workspace();
    const ids =
      argumentValues.notices.length === 0
        ? undefined
        : await idsOf(cli, workspace, argumentValues.notices);
    return cli.call("notices.read", {
      workspace,
      read: options.unread !== true,
      ...(ids === undefined ? {} : { ids }),
    });
  },
  print({ unread }, printer) {
    printer.line(printer.said(unread === 0 ? "Nothing is unread." : `${unread} unread.`));
  },
});

async function idsOf(cli: Cli, workspace: string, wanted: readonly string[]): Promise<NoticeId[]> {
  const { items } = await cli.call("notices.list", { workspace, limit: 100 });
  const named = items.map((notice) => ({ ...notice, name: notice.title }));
  return wanted.map((one) => findOne(named, one, "notice").id);
}
