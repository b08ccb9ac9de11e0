import { defineCommand } from "../command.ts";
import { dataDirectoryOption, findStateDirectory } from "./find-state-directory.ts";

export const daemonOutbox = defineCommand({
  name: "daemon outbox",
  summary: "Show what this machine still has to tell the server",
  format: "table",
  refusedInTask: true,
  options: { dataDir: dataDirectoryOption },
  async run(cli, { options }) {
    const { requireStatus } = await import("./require-status.ts");
    const { outbox, rejected } = await requireStatus(
      await findStateDirectory(cli, options.dataDir),
    );
    return { ...outbox, rejected };
  },
  print({ depth, oldestAgeMs, rejected }, printer) {
    const age = depth === 0 ? "" : `, the oldest ${Math.round(oldestAgeMs / 1_000)} s old`;
    printer.line(`${depth} records${age}; ${rejected.length} refused by the server.`);
    if (rejected.length === 0) return;
    const short = printer.shortIds(rejected.map((record) => record.taskId));
    printer.table(rejected, [
      { title: "TASK", value: (record) => short(record.taskId) },
      { title: "RECORD", value: (record) => `${record.lease}.${record.sequence}`, align: "right" },
      { title: "KIND", value: (record) => record.kind },
      { title: "REASON", value: (record) => record.reason, shrinks: true },
      { title: "AT", value: (record) => new Date(record.atMs).toISOString().slice(0, 16) },
    ]);
  },
});
