import type { ReadingReport } from "./reading-report.ts";
import { sessionClis } from "./session-clis.ts";
import type { SessionFile } from "./session-file.ts";
import type { SessionUsage } from "./session-usage.ts";

/** Model calls of one file; one that cannot be read is named in the report and has none. */
export async function* readSessionFile(
  file: SessionFile,
  report: ReadingReport,
): AsyncIterable<SessionUsage> {
  try {
    yield* sessionClis[file.cli].read(file, report);
  } catch (error) {
    report.unreadable.push({ path: file.path, reason: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
