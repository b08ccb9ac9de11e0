import { formatCount } from "../../output/format-count.ts";
import type { Printer } from "../../output/printer.ts";
import type { ImportOutcome } from "./import-sessions.ts";
import type { ImportSummary } from "./import-summary.ts";

/** A row per CLI, and what a person should know about them. */
export function printImport({ clis, dryRun }: ImportOutcome, printer: Printer): void {
  if (clis.length === 0) {
    return printer.hint("No session files of agent CLIs were found on this machine.");
  }
  const answer = (of: (row: ImportSummary) => number) => (row: ImportSummary) =>
    dryRun ? "" : of(row);
  printer.table(clis, [
    { title: "CLI", value: (row) => row.title },
    { title: "FROM", value: (row) => dayOf(row.firstUsedAt) },
    { title: "TO", value: (row) => dayOf(row.lastUsedAt) },
    { title: "SESSIONS", value: (row) => row.sessions, align: "right" },
    { title: "EVENTS", value: (row) => row.events, align: "right" },
    { title: "TOKENS", value: (row) => formatCount(row.tokens), align: "right" },
    { title: "STORED", value: answer((row) => row.stored + row.corrected), align: "right" },
    { title: "DUPLICATE", value: answer((row) => row.duplicate), align: "right" },
    { title: "REJECTED", value: answer((row) => row.rejected), align: "right" },
  ]);
  for (const row of clis) explain(row, printer);
  if (dryRun) printer.hint("Nothing was sent. Leave out --dry-run to bring it in.");
}

function explain(row: ImportSummary, printer: Printer): void {
  const { title, rejectedFor, unchangedFiles, brokenLines } = row;
  if (unchangedFiles > 0) {
    printer.hint(`${title}: ${unchangedFiles} files have not changed since the last import.`);
  }
  for (const [reason, count] of Object.entries(rejectedFor)) {
    if (reason === "managed_session") {
      printer.hint(`${title}: ${count} calls are booked with Headcount's own tasks already.`);
    } else printer.hint(`${title}: ${count} calls were rejected: ${reason}.`);
  }
  if (brokenLines > 0) printer.hint(`${title}: ${brokenLines} broken lines were skipped.`);
  for (const { path, reason } of row.unreadable) {
    printer.hint(`${title}: ${path} could not be read: ${reason}`);
  }
  if (row.gap !== null && row.events > 0) printer.hint(row.gap);
}

function dayOf(instant: string | null): string {
  return instant === null ? "" : instant.slice(0, 10);
}
