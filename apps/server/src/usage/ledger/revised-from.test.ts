import { expect, it } from "vitest";
import { zeroTokens } from "@headcount/domain/usage/token-counts";
import type { TaskId } from "@headcount/contract/kit/ids";
import { bucketOf } from "@headcount/domain/usage/buckets";
import type { LedgerEvent, LedgerPart } from "./ledger-part.ts";
import { revisedFrom } from "./revised-from.ts";

const noon = Date.UTC(2026, 10, 18, 12);

function partAt(minutes: number, input: bigint): LedgerPart {
  const usedAt = new Date(noon + minutes * 60_000);
  return {
    part: 0,
    bucketAt: bucketOf(usedAt),
    usedAt,
    tokens: { ...zeroTokens, input },
    pricedPico: input,
    cacheSavedPico: 0n,
    unpricedTokens: 0n,
    reportedPico: null,
    reportedBasis: null,
    price: null,
    isEstimate: false,
    raw: null,
  };
}

function event(parts: readonly LedgerPart[], role = "main"): LedgerEvent {
  return {
    id: "event",
    meter: {
      kind: "usage",
      month: "2026-11-01",
      taskId: "task" as TaskId,
      sessionKey: null,
      lease: 1,
      provider: "acme",
      model: "model",
      role,
      source: "test",
      billingMode: "api",
      failureClass: null,
      issueId: null,
      projectId: null,
      agentId: null,
      runtimeId: null,
      memberId: null,
    },
    cumulative: false,
    revision: 0n,
    parts,
    earlier: null,
  };
}

const minutesOf = (instant: Date): number => (instant.getTime() - noon) / 60_000;

it("is when what is new was used, whatever was used before it", () => {
  const changes = [
    { before: null, after: event([partAt(30, 1n)]) },
    { before: event([partAt(5, 1n)]), after: event([partAt(5, 1n), partAt(20, 7n)]) },
  ];
  expect(minutesOf(revisedFrom(changes))).toBe(20);
});

it("is where a figure was before, when it has moved", () => {
  const change = { before: event([partAt(5, 1n)]), after: event([partAt(9, 1n)]) };
  expect(minutesOf(revisedFrom([change]))).toBe(5);
});

it("is all of what counts for another role now, also beside what is new", () => {
  const told = [partAt(5, 1n), partAt(20, 7n)];
  const corrected = { before: event(told), after: event(told, "subagent") };
  expect(minutesOf(revisedFrom([corrected]))).toBe(5);
  expect(
    minutesOf(revisedFrom([{ before: null, after: event([partAt(30, 1n)]) }, corrected])),
  ).toBe(5);
});

it("leaves out what was told again with a higher revision and is the same, beside what is new", () => {
  const told = event([partAt(5, 1n)]);
  const again = { before: told, after: { ...told, revision: 1n } };
  expect(minutesOf(revisedFrom([again, { before: null, after: event([partAt(30, 1n)]) }]))).toBe(
    30,
  );
});
