import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { UsageObservation } from "@headcount/agent-drivers/core/types";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import { newId, type TaskId, type WorkspaceId } from "@headcount/contract/kit/ids";
import {
  applyUsage,
  type IncomingUsage,
  type LedgerRow,
} from "@headcount/domain/usage/apply-usage";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { recoverUsage } from "./recover-usage.ts";
import type { RunNote } from "./run-journal.ts";
import { redactorOfRun } from "./run-secrets.ts";
import { UsageBook } from "./usage-book.ts";

const session = "b343dac6-b520-49ae-bd13-6654c743481f";
const firstCall = { input: 1009, output: 53 };
const bothCalls = { input: 2520, output: 82 };

/** A call as Claude Code writes it down. */
const firstLine = {
  type: "assistant",
  sessionId: session,
  timestamp: "2026-11-21T17:02:58.778Z",
  message: {
    id: "msg_1",
    model: "claude-sonnet-5",
    role: "assistant",
    stop_reason: "tool_use",
    content: [],
    usage: { input_tokens: firstCall.input, output_tokens: firstCall.output },
  },
};

function heard(counts: { readonly input: number; readonly output: number }): UsageRecord | null {
  const redactor = redactorOfRun({ token: "", agentEnvironment: {}, daemonEnvironment: {} });
  const observation: UsageObservation = {
    key: `claude:${session}:main:anthropic:claude-sonnet-5`,
    cumulative: true,
    source: "claude.modelUsage",
    model: "claude-sonnet-5",
    provider: "anthropic",
    role: "main",
    ...counts,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    reasoning: 0,
    reportedCostUsd: null,
    reportedCostBasis: null,
    raw: null,
  };
  return new UsageBook(redactor).record(observation, "", 0);
}

async function recovered(home: string): Promise<readonly UsageRecord[]> {
  const folder = path.join(home, ".claude", "projects", "work");
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${session}.jsonl`), `${JSON.stringify(firstLine)}\n`);
  return recoveredOf({ cli: "claude", model: "claude-sonnet-5", home });
}

type KilledRun = { readonly cli: string; readonly model: string; readonly home: string };

function recoveredOf({ cli, model, home }: KilledRun): readonly UsageRecord[] {
  const note: RunNote = {
    workspaceId: newId<WorkspaceId>(),
    taskId: newId<TaskId>(),
    lease: 1,
    cli,
    marker: "m",
    process: null,
    startedAtMs: 0,
    model,
    sessionId: session,
    resumeSessionId: null,
    root: null,
    brief: null,
    worktree: null,
    workDirectory: home,
    privateDirectory: home,
    branch: null,
    usageKeyPrefix: "",
    toolRan: true,
    changeBases: [],
  };
  const context = { config: { environment: { HOME: home } }, log: () => {} };
  return recoverUsage(context, note).flatMap((content) =>
    content.kind === "usage" ? [content.body] : [],
  );
}

/** What the books hold after these records. */
function booked(records: readonly (UsageRecord | null)[]): LedgerRow | null {
  let row: LedgerRow | null = null;
  for (const record of records) {
    if (record === null) continue;
    const applied = applyUsage(row, incomingOf(record), () => 0n);
    if (applied.result === "rejected") throw new Error(applied.reason);
    if (applied.result !== "duplicate") row = applied.row;
  }
  return row;
}

function incomingOf(record: UsageRecord): IncomingUsage {
  const { provider, model, source, cumulative, revision } = record;
  const [input, output, reasoning] = [record.input, record.output, record.reasoning].map(BigInt);
  return {
    provider,
    model,
    source,
    cumulative,
    revision: BigInt(revision),
    tokens: {
      input: input ?? 0n,
      output: output ?? 0n,
      reasoning: reasoning ?? 0n,
      cacheRead: 0n,
      cacheWrite5m: 0n,
      cacheWrite1h: 0n,
    },
    reportedPico: null,
    reportedBasis: null,
  };
}

test("a CLI's file says under the same key what was not heard of a killed run", async () => {
  await using home = await temporaryDirectory();
  const fromFile = await recovered(home.path);
  expect(fromFile.map(({ key, source }) => [key, source])).toEqual([
    [heard(firstCall)?.key, heard(firstCall)?.source],
  ]);
  expect(booked(fromFile)?.tokens).toMatchObject({ input: 1009n, output: 53n });
  expect(booked([heard(firstCall), ...fromFile])?.tokens).toMatchObject({ input: 1009n });
});

test("a file that the CLI had no time to finish takes nothing back", async () => {
  await using home = await temporaryDirectory();
  const fromFile = await recovered(home.path);
  expect(booked([heard(bothCalls), ...fromFile])?.tokens).toMatchObject({
    input: 2520n,
    output: 82n,
  });
  // Records may also arrive the other way round.
  expect(booked([...fromFile, heard(bothCalls)])?.tokens).toMatchObject({ input: 2520n });
});

test("calls that an agent wrote down beside its conversation are not lost with the daemon", async () => {
  await using home = await temporaryDirectory();
  const folder = path.join(home.path, `.kimi-code/sessions/work/${session}/agents/main`);
  await mkdir(folder, { recursive: true });
  const usage = { inputOther: 1009, output: 53, inputCacheRead: 0, inputCacheCreation: 0 };
  const line = { type: "usage.record", model: "k2", usage, time: Date.now() };
  await writeFile(path.join(folder, "wire.jsonl"), `${JSON.stringify(line)}\n`);
  const records = recoveredOf({ cli: "kimi", model: "k2", home: home.path });
  expect(records.map(({ key, model }) => [key, model])).toEqual([
    [`acp:${session}:call:main:0`, "k2"],
  ]);
  expect(booked(records)?.tokens).toMatchObject({ input: 1009n, output: 53n });
  // The daemon may have sent the same call before it was killed.
  expect(booked([...records, ...records])?.tokens).toMatchObject({ input: 1009n, output: 53n });
});
