import os from "node:os";
import { createReadingReport } from "@headcount/session-files/reading-report";
import { readSessionFile } from "@headcount/session-files/read-session-file";
import { createSeenCalls } from "@headcount/session-files/seen-calls";
import { sessionClis } from "@headcount/session-files/session-clis";
import type { SessionFile } from "@headcount/session-files/session-file";
import type { SessionCliId } from "@headcount/session-files/session-usage";
import type { Cli } from "../../cli.ts";
import { createBatches } from "./batches.ts";
import { createImportSummary, type ImportSummary } from "./import-summary.ts";
import { createProgress, type Progress } from "./progress.ts";
import { openReadMarks, type ReadMarks } from "./read-marks.ts";

export type ImportOptions = {
  readonly clis: readonly SessionCliId[];
  readonly since: Date | null;
  readonly isDryRun: boolean;
  /** Null takes what the files say, and `api` where they say nothing. */
  readonly billing: "api" | "subscription" | null;
  readonly readsAgain: boolean;
};

export type ImportOutcome = {
  readonly dryRun: boolean;
  readonly clis: readonly ImportSummary[];
};

/**
 * Brings in the sessions of some CLIs. What has been acknowledged is noted as it goes, so that
 * being stopped at any moment loses nothing and the next run goes on from there.
 */
export async function importSessions(cli: Cli, options: ImportOptions): Promise<ImportOutcome> {
  const target = options.isDryRun ? null : await targetOf(cli);
  const marks = target === null ? null : await openReadMarks(target.marksFile, target.name);
  const found = await findFiles(cli, options);
  const toRead = found.map(({ id, files }) => {
    const changed = files.filter((file) => options.readsAgain || !marks?.has(file, options.since));
    return { id, files: changed, unchanged: files.length - changed.length };
  });
  const bytes = toRead.flatMap(({ files }) => files).reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = createProgress(cli.io, bytes);
  try {
    const clis: ImportSummary[] = [];
    for (const work of toRead) {
      clis.push(await importCli(cli, { ...work, options, target, marks, progress }));
    }
    return { dryRun: options.isDryRun, clis };
  } catch (error) {
    progress.end();
    if (cli.io.signal.aborted) {
      cli.hint("Stopped. What was sent is kept; run the same command again to go on.");
    }
    throw error;
  } finally {
    progress.end();
    await marks?.save();
  }
}

type Target = { readonly workspace: string; readonly name: string; readonly marksFile: string };

async function targetOf(cli: Cli): Promise<Target> {
  const [workspace, connection, profile] = [
    await cli.workspace(),
    await cli.connection(),
    await cli.profile(),
  ];
  const name = `${connection.serverUrl} ${workspace}`;
  return { workspace, name, marksFile: profile.paths.importMarks };
}

type Found = { readonly id: SessionCliId; readonly files: readonly SessionFile[] };

/** Oldest first: what a fork repeats has then been told by its original. CLIs without files are left out. */
async function findFiles(cli: Cli, { clis, since }: ImportOptions): Promise<readonly Found[]> {
  const { environment } = cli.io;
  const place = { home: environment["HOME"] || os.homedir(), environment };
  const found: Found[] = [];
  for (const id of clis) {
    const files = (await sessionClis[id].find(place))
      .filter(({ modifiedAtMs }) => since === null || modifiedAtMs >= since.getTime())
      .toSorted((a, b) => a.modifiedAtMs - b.modifiedAtMs);
    if (files.length > 0) found.push({ id, files });
  }
  return found;
}

type Work = Found & {
  readonly unchanged: number;
  readonly options: ImportOptions;
  readonly target: Target | null;
  readonly marks: ReadMarks | null;
  readonly progress: Progress;
};

async function importCli(cli: Cli, work: Work): Promise<ImportSummary> {
  const { id, files, options, target, marks, progress } = work;
  const { title, gap } = sessionClis[id];
  const summary = createImportSummary({ id, title, gap, unchanged: work.unchanged });
  const seen = createSeenCalls();
  const report = createReadingReport();
  const batches = createBatches({
    async send(records) {
      if (target === null) return;
      const { workspace } = target;
      const { results } = await cli.call("usage.import", { workspace, cli: id, records });
      summary.answered(results);
    },
    async done(sent) {
      await marks?.add(sent, options.since);
    },
  });
  for (const file of files) {
    cli.io.signal.throwIfAborted();
    const failures = report.unreadable.length;
    progress.begin(title, file.sizeBytes, report);
    for await (const usage of readSessionFile(file, report)) {
      progress.show(summary.calls());
      if (options.since !== null && Date.parse(usage.usedAt) < options.since.getTime()) continue;
      if (!seen.isNews(usage)) continue;
      summary.count(usage);
      await batches.add({ ...usage, billing: options.billing ?? usage.billing ?? "api" });
      cli.io.signal.throwIfAborted();
    }
    progress.finish();
    // A file that could only be read in part is looked at again the next time.
    if (report.unreadable.length === failures) batches.endFile(file);
  }
  await batches.flush();
  return summary.result({ files: files.length, repeated: seen.repeated(), report });
}
