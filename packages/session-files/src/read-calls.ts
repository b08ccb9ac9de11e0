import type { ReadingReport } from "./reading-report.ts";
import { readSessionFile } from "./read-session-file.ts";
import { createSeenCalls } from "./seen-calls.ts";
import type { SessionFile } from "./session-file.ts";
import type { SessionUsage } from "./session-usage.ts";

export type ReadingStep =
  | { readonly type: "begin"; readonly file: SessionFile }
  | { readonly type: "call"; readonly usage: SessionUsage }
  /** Every call of the file has been told; `isWhole` is false when it could not be read to its end. */
  | { readonly type: "end"; readonly file: SessionFile; readonly isWhole: boolean };

export type CallsToRead = {
  /** Files of one CLI. */
  readonly files: readonly SessionFile[];
  /** Files whose calls are known already; read only where they decide about a copy. */
  readonly known: readonly SessionFile[];
  readonly report: ReadingReport;
};

/**
 * Calls of several files, each once: the account of the session that made it goes before copies in
 * others, whatever the order of the files. A later account that knows more is told as well.
 * @returns how many repetitions were left out
 */
export async function* readCalls(
  wanted: CallsToRead,
): AsyncGenerator<ReadingStep, number, undefined> {
  const { files, known, report } = wanted;
  const seen = createSeenCalls();
  const copies: { readonly file: SessionFile; readonly usages: SessionUsage[] }[] = [];
  for (const file of files) {
    yield { type: "begin", file };
    const failures = report.unreadable.length;
    const held: SessionUsage[] = [];
    for await (const usage of readSessionFile(file, report)) {
      if (usage.isCopy) held.push(usage);
      else if (seen.isNews(usage)) yield { type: "call", usage };
    }
    const isWhole = report.unreadable.length === failures;
    if (held.length > 0 && isWhole) copies.push({ file, usages: held });
    else yield { type: "end", file, isWhole };
  }
  if (copies.length === 0) return seen.repeated();
  const repeated = seen.repeated();
  for (const file of known) {
    for await (const usage of readSessionFile(file, report)) if (!usage.isCopy) seen.isNews(usage);
  }
  const repeatedElsewhere = seen.repeated() - repeated;
  for (const { file, usages } of copies) {
    for (const usage of usages) if (seen.isNews(usage)) yield { type: "call", usage };
    yield { type: "end", file, isWhole: true };
  }
  return seen.repeated() - repeatedElsewhere;
}
