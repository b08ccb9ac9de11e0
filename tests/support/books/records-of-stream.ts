import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import type { JsonObject } from "@headcount/agent-drivers/core/json";
import type { MapperInput, RunMapper } from "@headcount/agent-drivers/core/run-mapper";
import type { Coverage, RunItem } from "@headcount/agent-drivers/core/types";
import { recordedLines } from "@headcount/agent-drivers/replay/recorded-lines";
import { recordedMapper } from "@headcount/agent-drivers/replay/recorded-mapper";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import { UsageBook } from "@headcount/daemon/runs/usage-book";
import { createRedactor } from "@headcount/redaction/redactor";

/** What a CLI printed in one run. */
export type StreamToBook = {
  readonly spec: CliSpec;
  /** Lines of its stdout; a recording, or lines in the shape of one. */
  readonly lines: readonly (string | JsonObject)[];
  /** Session that this run continued. */
  readonly resumed?: string;
  /** Model that the agent was set to, for CLIs that never name it. */
  readonly model?: string;
  /** Lines of the CLI's own session file, read after a run without its final account. */
  readonly sessionFile?: readonly JsonObject[];
  readonly killed?: "killed";
  /** How much of the run the stream can know; exact unless stated. */
  readonly coverage?: Coverage["level"];
};

/** Lines of a recording, as text. */
export function linesOf(recording: string): readonly string[] {
  return recordedLines(recording);
}

/** The records that a daemon puts into its outbox for these lines, in order. */
export function recordsOfStream(stream: StreamToBook): {
  readonly records: readonly UsageRecord[];
  readonly coverage: Coverage;
} {
  const lines = stream.lines.map((line) =>
    typeof line === "string" ? line : JSON.stringify(line),
  );
  const mapper = mapperOf(stream, lines);
  const live = new UsageBook(noSecrets);
  const recovered = new UsageBook(noSecrets, recoveredRevision);
  const records = lines.flatMap((line) => bookItems(mapper.accept(line), live));
  // A recovery knows nothing of the run but its files, as after a crash of the daemon.
  const files = stream.sessionFile ?? [];
  const late = files.length === 0 ? [] : (mapperOf(stream, []).acceptSessionFile?.(files) ?? []);
  const { items, result } = mapper.finish({
    cause: "ended",
    exit: stream.killed ? { code: null, signal: "SIGKILL" } : { code: 0, signal: null },
    stderr: "",
    error: null,
  });
  return {
    records: [...records, ...bookItems(items, live), ...bookItems(late, recovered)],
    coverage: result.coverage,
  };
}

/** The records that the daemon makes of these items of a run. */
export function bookItems(
  items: readonly RunItem[],
  book: UsageBook = new UsageBook(noSecrets),
): readonly UsageRecord[] {
  return items.flatMap((item) => {
    const record = item.type === "usage" ? book.record(item.usage, "", 0) : null;
    return record === null ? [] : [record];
  });
}

/** As in the daemon, which lets the CLI's own books have the last word. */
const recoveredRevision = 1_000_000;
const noSecrets = createRedactor({ secrets: [], homes: [] });

function mapperOf(stream: StreamToBook, lines: readonly string[]): RunMapper {
  const { spec, model = null, resumed = null } = stream;
  const input: MapperInput = { model, resumeSessionId: resumed, baseline: null, usage: spec.usage };
  return recordedMapper(spec, lines)(input);
}
