import { findCliSpec } from "@headcount/agent-drivers/clis/cli-specs";
import { readSessionFiles } from "@headcount/agent-drivers/core/session-files";
import type { RunOptions } from "@headcount/agent-drivers/core/types";
import { recordedUsage } from "@headcount/agent-drivers/drivers/acp/agent-records";
import { messageOf } from "../log.ts";
import type { RecordContent } from "../outbox/outbox-entry.ts";
import type { DaemonConfig } from "../state/daemon-config.ts";
import type { RunContext } from "./run-context.ts";
import type { RunNote } from "./run-journal.ts";
import { redactorOfRun } from "./run-secrets.ts";
import { UsageBook } from "./usage-book.ts";

/** Above every revision that a live run reaches, so that the CLI's own books have the last word on a call. */
const recoveredRevision = 1_000_000;

/** The environment tells where a CLI keeps its files. */
export type RecoveryContext = Pick<RunContext, "log"> & {
  readonly config: Pick<DaemonConfig, "environment">;
};

/** Usage of an interrupted run as its CLI has written it down; empty where a CLI writes nothing. */
export function recoverUsage(context: RecoveryContext, note: RunNote): readonly RecordContent[] {
  const spec = findCliSpec(note.cli);
  if (spec === null || note.sessionId === null || note.workDirectory === null) return [];
  const { resumeSessionId, model } = note;
  const mapper = spec.createMapper({ model, resumeSessionId, baseline: null, usage: spec.usage });
  const book = new UsageBook(
    redactorOfRun({
      token: "",
      agentEnvironment: {},
      daemonEnvironment: context.config.environment,
    }),
    recoveredRevision,
  );
  try {
    const options = optionsOfNote(context, note);
    const lines = readSessionFiles(spec, options, note.sessionId);
    const items = [
      ...(mapper.acceptSessionFile?.(lines) ?? []),
      ...recordedUsage(spec, options, note.sessionId),
    ];
    return items.flatMap((item): RecordContent[] => {
      const record = item.type === "usage" ? book.record(item.usage, note.usageKeyPrefix, 0) : null;
      return record === null ? [] : [{ kind: "usage", body: record }];
    });
  } catch (error) {
    // Recovery is a bonus: a strange file of a CLI must not keep a task from being ended.
    context.log("warn", "usage of an ended run could not be recovered", {
      taskId: note.taskId,
      error: messageOf(error),
    });
    return [];
  }
}

/** The parts of a run's options that tell where a CLI keeps its files. */
export function optionsOfNote(context: RecoveryContext, note: RunNote): RunOptions {
  const environment = Object.entries(context.config.environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    executable: "",
    launchPrefix: [],
    extraArguments: [],
    workDirectory: note.workDirectory ?? "",
    prompt: "",
    model: note.model,
    effort: null,
    resumeSessionId: note.resumeSessionId,
    systemPrompt: null,
    mcpConfig: null,
    privateDirectory: note.privateDirectory ?? "",
    environment: Object.fromEntries(environment),
    marker: note.marker,
    startedAtMs: note.startedAtMs,
  };
}
