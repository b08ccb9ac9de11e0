import os from "node:os";
import { createReadingReport } from "@headcount/session-files/reading-report";
import { readCalls } from "@headcount/session-files/read-calls";
import { sessionClis } from "@headcount/session-files/session-clis";
import type { SessionFile } from "@headcount/session-files/session-file";
import type { SessionCliId, SessionUsage } from "@headcount/session-files/session-usage";
import type { Cli } from "../../cli.ts";
import { createBatches, type OutgoingRecord } from "./batches.ts";
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
  const { since } = options;
  const target = options.isDryRun ? null : await targetOf(cli);
  const marks = target === null ? null : await openReadMarks(target.marksFile, target.name);
  const found = await findFiles(cli, options);
  const toRead = found.map(({ id, files }) => {
    const isChosen = (file: SessionFile): boolean =>
      since === null || file.modifiedAtMs >= since.getTime();
    const isUnchanged = (file: SessionFile): boolean =>
      !options.readsAgain && marks?.has(file, since) === true;
    const unchanged = files.filter((file) => isChosen(file) && isUnchanged(file));
    const changed = files.filter((file) => isChosen(file) && !isUnchanged(file));
    const read = new Set(changed);
    const known = files.filter((file) => !read.has(file));
    return { id, files: changed, known, unchanged: unchanged.length };
  });
  const bytes = toRead.flatMap(({ files }) => files).reduce((sum, file) => sum + file.sizeBytes, 0);
  const progress = createProgress(cli.io, bytes);
  try {
    const clis: ImportSummary[] = [];
    for (const work of toRead.filter(({ files, unchanged }) => files.length + unchanged > 0)) {
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

/** All session files of the wanted CLIs, those that changed last at the end. */
async function findFiles(cli: Cli, { clis }: ImportOptions): Promise<readonly Found[]> {
  const { environment } = cli.io;
  const place = { home: environment["HOME"] || os.homedir(), environment };
  const found: Found[] = [];
  for (const id of clis) {
    const files = await sessionClis[id].find(place);
    found.push({ id, files: files.toSorted((a, b) => a.modifiedAtMs - b.modifiedAtMs) });
  }
  return found;
}

type Work = Found & {
  readonly unchanged: number;
  /** Files of the CLI that are not read. */
  readonly known: readonly SessionFile[];
  readonly options: ImportOptions;
  readonly target: Target | null;
  readonly marks: ReadMarks | null;
  readonly progress: Progress;
};

async function importCli(cli: Cli, work: Work): Promise<ImportSummary> {
  const { id, files, known, options, target, marks, progress } = work;
  const { since } = options;
  const { title, gap } = sessionClis[id];
  const summary = createImportSummary({ id, title, gap, unchanged: work.unchanged });
  const report = createReadingReport();
  const batches = createBatches({
    async send(records) {
      if (target === null) return;
      const { workspace } = target;
      const { results } = await cli.call("usage.import", { workspace, cli: id, records });
      summary.answered(results);
    },
    async done(sent) {
      await marks?.add(sent, since);
    },
  });
  const steps = readCalls({ files, known, report });
  for (;;) {
    cli.io.signal.throwIfAborted();
    const { done, value } = await steps.next();
    if (done) {
      await batches.flush();
      return summary.result({ files: files.length, repeated: value, report });
    }
    if (value.type === "begin") progress.begin(title, value.file.sizeBytes, report);
    // A file that could only be read in part is looked at again the next time.
    if (value.type === "end" && value.isWhole) batches.endFile(value.file);
    if (value.type !== "call") continue;
    const { usage } = value;
    if (since !== null && Date.parse(usage.usedAt) < since.getTime()) continue;
    summary.count(usage);
    progress.show(summary.calls());
    await batches.add(outgoing(usage, options.billing));
  }
}

function outgoing(usage: SessionUsage, billing: ImportOptions["billing"]): OutgoingRecord {
  const { isCopy: _told, ...record } = usage;
  return { ...record, billing: billing ?? usage.billing ?? "api" };
}
