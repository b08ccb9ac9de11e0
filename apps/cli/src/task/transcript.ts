import { setTimeout as delay } from "node:timers/promises";
import type { TaskId } from "@headcount/contract/kit/ids";
import type { TranscriptRow } from "@headcount/contract/tasks/schemas";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findTaskId } from "../find/find-task.ts";
import { outputForm, printerOf } from "../output/print-result.ts";
import type { Printer } from "../output/printer.ts";
import { taskArgument } from "./task-argument.ts";

const followPauseMs = 1_000;

export const taskTranscript = defineCommand({
  name: "task transcript",
  summary: "Show what a task said and did",
  details:
    "With --follow it goes on until the task ends; --output json then prints one row a line.",
  route: "tasks.transcript",
  format: "table",
  arguments: { task: taskArgument },
  options: {
    since: { value: "PLACE", summary: "only rows after this place, like 1.40" },
    follow: { summary: "go on until the task ends", short: "f" },
  },
  examples: ["headcount task transcript 01a1fef1 --follow"],
  async run(cli, { argumentValues, options }) {
    if (options.since !== undefined && !/^\d+\.\d+$/.test(options.since)) {
      throw invalidUse(`"${options.since}" is no place.`, "Write it as lease.row, like 1.40.");
    }
    const taskId = await findTaskId(cli, argumentValues.task);
    if (!options.follow) return readAll(cli, taskId, options.since ?? null);
    await follow(cli, taskId, options.since ?? null);
    return undefined;
  },
  print(body, printer) {
    if (!body) return;
    for (const row of body.items) printRow(row, printer);
    if (body.items.length === 0) printer.hint("Nothing found.");
  },
});

type Rows = { items: TranscriptRow[]; nextAfter: string | null; hasMore: boolean };

/** All rows after a place, page by page. */
async function readAll(cli: Cli, taskId: TaskId, since: string | null): Promise<Rows> {
  const workspace = await cli.workspace();
  const items: TranscriptRow[] = [];
  for (let after = since; ;) {
    const page = await cli.call("tasks.transcript", {
      workspace,
      taskId,
      limit: 2_000,
      ...(after === null ? {} : { after }),
    });
    items.push(...page.items);
    after = page.nextAfter ?? after;
    if (!page.hasMore) return { items, nextAfter: after, hasMore: false };
  }
}

async function follow(cli: Cli, taskId: TaskId, since: string | null): Promise<void> {
  const workspace = await cli.workspace();
  const printer = printerOf(cli);
  const asJson = outputForm(cli, { format: "table" }) === "json";
  for (let after = since; ;) {
    const { endedAt, status } = await cli.call("tasks.get", { workspace, taskId });
    // Read after the state, so that nothing written before the end is missed.
    const page = await readAll(cli, taskId, after);
    for (const row of page.items) {
      if (asJson) cli.io.stdout.write(`${JSON.stringify(row)}\n`);
      else printRow(row, printer);
    }
    after = page.nextAfter;
    if (endedAt !== null) return cli.hint(`The task has ended: ${status}.`);
    await delay(followPauseMs, undefined, { signal: cli.io.signal });
  }
}

function printRow(row: TranscriptRow, printer: Printer): void {
  const inside = row.isSubagent ? "  " : "";
  const what = row.tool ? `${row.type} ${row.tool}` : row.type;
  const failed = row.isError ? " failed" : "";
  const cut = row.originalBytes === null ? "" : ` (cut from ${row.originalBytes} bytes)`;
  printer.line(`${inside}[${row.lease}.${row.seq}] ${what}${failed}${cut}`);
  const text = row.content !== "" ? row.content : inputText(row.input);
  for (const line of text.trimEnd().split("\n")) {
    if (line !== "") printer.line(`${inside}  ${line}`);
  }
}

function inputText(input: unknown): string {
  if (input === null || input === undefined) return "";
  return typeof input === "string" ? input : JSON.stringify(input);
}
