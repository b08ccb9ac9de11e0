import type { UserId } from "@headcount/contract/kit/ids";
import { usageImport } from "@headcount/contract/usage/import-routes";
import type { ImportRecord, ImportResult } from "@headcount/contract/usage/import-schemas";
import { notFound } from "../../platform/app-error.ts";
import { command } from "../../platform/command.ts";
import { digestUuid } from "../digest-uuid.ts";
import { bookImported } from "../ledger/book-imported.ts";
import type { ImportedUsage } from "../ledger/check-record.ts";
import { readTaskSessions } from "./read-task-sessions.ts";

/** Books what a member's own machine has used in sessions that no task has run in. */
export const importUsage = command(usageImport.import, async (ctx, { cli, records }) => {
  const { actor } = ctx;
  if (actor.kind !== "member") throw notFound("member");
  const sent = records.filter((record) => record !== null);
  const managed = await readTaskSessions(ctx, [...new Set(sent.map(({ sessionId }) => sessionId))]);
  const isManaged = ({ sessionId }: ImportRecord): boolean => managed.has(sessionId);
  const booked = await bookImported(
    ctx,
    sent
      .filter((record) => !isManaged(record))
      .map((record) => toImported(record, cli, actor.userId)),
  );
  if (booked.some(({ result }) => result === "stored" || result === "corrected")) {
    ctx.emit({
      type: "usage.imported",
      entity: { kind: "member", id: actor.userId },
      data: { cli },
    });
  }
  const answers = booked.values();
  return {
    results: records.map((record): ImportResult => {
      if (record === null) return rejected(null, "record_malformed");
      if (isManaged(record)) return rejected(record.key, "managed_session");
      // One answer for each record that was booked, in their order.
      return { key: record.key, ...(answers.next().value ?? rejected(record.key, "not_booked")) };
    }),
  };
});

function rejected(key: string | null, reason: string): ImportResult {
  return { key, result: "rejected", reason };
}

function toImported(record: ImportRecord, cli: string, memberId: UserId): ImportedUsage {
  const { sessionId, usedAt, billing, provider, raw, ...figures } = record;
  return {
    sessionKey: digestUuid([cli, sessionId]),
    memberId,
    usedAt: new Date(usedAt),
    billingMode: billing,
    body: {
      ...figures,
      provider: provider?.toLowerCase() ?? null,
      source: `import:${cli}`,
      atMs: 0,
      raw: { session: sessionId, usage: raw ?? null },
    },
  };
}
