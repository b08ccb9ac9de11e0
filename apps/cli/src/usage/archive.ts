import path from "node:path";
import { defineCommand } from "../command.ts";
import { CliError, exitCodes } from "../errors/cli-error.ts";

export const usageArchive = defineCommand({
  name: "usage archive",
  summary: "Move the events of an old month into a CSV file; every sum stays",
  details:
    "On the machine of the server only, for all workspaces at once. Run `headcount usage verify` before: afterwards the month's quarter-hours stand for its events, single events can no longer be explained or priced anew, and late records of the month are refused.",
  format: "table",
  refusedInTask: true,
  arguments: {
    month: { summary: "month in which the tasks were queued, such as 2025-11" },
    file: { summary: "CSV file to write; it must not exist" },
  },
  options: { dataDir: { value: "PATH", summary: "data directory of the server" } },
  examples: ["headcount usage archive 2025-11 /backup/usage-2025-11.csv"],
  async run(cli, { argumentValues, options }) {
    const { openInstance } = await import("../admin/open-instance.ts");
    const { openOwnerConnection } = await import("@headcount/server/platform/database");
    const { archiveMonth } = await import("@headcount/server/usage/archive/archive-month");
    await cli.confirm(
      `Move all events of ${argumentValues.month} out of the ledger into ${argumentValues.file}?`,
    );
    await using instance = await openInstance(cli, options.dataDir);
    const owner = openOwnerConnection(instance.app.database.listenUrl);
    try {
      const file = path.resolve(cli.io.workDirectory, argumentValues.file);
      return await archiveMonth(owner, { month: argumentValues.month, file, at: new Date() });
    } catch (error) {
      throw asCliError(error, argumentValues.file);
    } finally {
      await owner.end();
    }
  },
  print({ month, events, file }, printer) {
    printer.line(`${events} events of ${month} are in ${file} and no longer in the ledger.`);
  },
});

/** Refusals are sentences already; everything else is a defect and keeps its cause. */
function asCliError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "conflict") {
    return new CliError(error.message, { exitCode: exitCodes.conflict });
  }
  if (error.code === "EEXIST") {
    return new CliError(`${file} exists already.`, { nextStep: "Name a file that does not." });
  }
  return error;
}
