import { sessionCliIds } from "@headcount/session-files/session-usage";
import { defineCommand } from "../../command.ts";
import { invalidUse } from "../../errors/cli-error.ts";
import { printImport } from "./print-import.ts";

export const usageImportCommand = defineCommand({
  name: "usage import",
  summary: "Bring in what the agent CLIs of this machine have used before and beside Headcount",
  details:
    "Reads the session files that the CLIs keep in your home folder; nothing but token counts, models, times and session ids leaves the machine. Each call counts once, also when sessions were forked or resumed and however often this runs; it is booked as yours, with no agent and no task. Sessions that Headcount ran are left out. After Ctrl-C the same command goes on where it stopped.",
  route: "usage.import",
  refusedInTask: true,
  format: "table",
  arguments: {
    cli: {
      summary: "only these; all that are found unless stated",
      several: true,
      choices: sessionCliIds,
    },
  },
  options: {
    since: { value: "DATE", summary: "only what was used from this day or time on" },
    dryRun: { summary: "read and count, send nothing" },
    billing: {
      value: "KIND",
      summary: "who pays: tokens one by one, or a plan; what the files say unless stated",
      choices: ["api", "subscription"],
    },
    again: { summary: "read files again that have not changed since the last import" },
  },
  examples: [
    "headcount usage import",
    "headcount usage import claude --billing subscription",
    "headcount usage import claude codex --since 2026-01-01 --dry-run",
  ],
  async run(cli, { argumentValues, options }) {
    const { importSessions } = await import("./import-sessions.ts");
    return importSessions(cli, {
      clis: sessionCliIds.filter(
        (id) => argumentValues.cli.length === 0 || argumentValues.cli.includes(id),
      ),
      since: options.since === undefined ? null : readSince(options.since),
      isDryRun: options.dryRun ?? false,
      // One of its choices.
      billing: (options.billing ?? null) as "api" | "subscription" | null,
      readsAgain: options.again ?? false,
    });
  },
  print: printImport,
});

/** Start of a day on this machine's clock, or a moment. */
function readSince(text: string): Date {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const since = new Date(isDay ? `${text}T00:00:00` : text);
  if (Number.isNaN(since.getTime())) {
    throw invalidUse(`"${text}" is no date.`, "Write it like 2026-01-31.");
  }
  return since;
}
