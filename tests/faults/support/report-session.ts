import { readFile } from "node:fs/promises";
import { makeClient } from "@headcount/client/make-client";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import { Delivery } from "@headcount/daemon/outbox/delivery";
import { Outbox } from "@headcount/daemon/outbox/outbox";
import type { LeaseKey } from "@headcount/daemon/outbox/outbox-entry";

/** What the program is told, as a JSON file whose path is its only argument. */
export type SessionToReport = {
  readonly outboxDirectory: string;
  readonly outboxBytes: number;
  readonly serverUrl: string;
  readonly token: string;
  readonly lease: LeaseKey;
  /** What the CLI tells, by number. */
  readonly usage: readonly ToldUsage[];
};

export type ToldUsage = { readonly number: number; readonly body: UsageRecord };

/**
 * The part of a daemon that usage goes through: puts what a CLI tells into the outbox and delivers
 * the outbox until the server has confirmed everything. Says `kept N` as soon as the outbox has
 * confirmed what was told by that number, which is then never told again, `disk` each time that the
 * disk has refused a write, and `done` at the end.
 */
async function reportSession(file: string): Promise<void> {
  const session = JSON.parse(await readFile(file, "utf8")) as SessionToReport;
  const { serverUrl, token, lease } = session;
  const outbox = await Outbox.open(session.outboxDirectory, {
    maxBytes: session.outboxBytes,
    batchMs: 1,
    onDiskError: () => process.stdout.write("disk\n"),
  });
  const client = makeClient({ baseUrl: serverUrl, token, clientName: "daemon" });
  const delivery = new Delivery({ outbox, client, log: () => {} });
  let isTold = false;
  const telling = tell(outbox, lease, session.usage).then(() => {
    isTold = true;
  });
  while (!isTold || outbox.figures.depth > 0) {
    // A failed round is tried again, as a daemon restarts its services.
    await delivery.drain(new AbortController().signal).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await telling;
  await outbox.release();
  process.stdout.write("done\n");
}

/** Usage with transcript around it, some of it together, as a live run writes. */
async function tell(outbox: Outbox, lease: LeaseKey, usage: readonly ToldUsage[]): Promise<void> {
  const journal = await outbox.journal(lease);
  const kept: Promise<void>[] = [];
  for (const { number, body } of usage) {
    const said = journal.append({ kind: "transcript", body: transcriptRow(number) });
    const used = journal.append({ kind: "usage", body }).then(() => {
      process.stdout.write(`kept ${number}\n`);
    });
    kept.push(said, used);
    if (number % 3 > 0) await Promise.all(kept);
  }
  await Promise.all(kept);
  await journal.close();
}

function transcriptRow(seq: number): {
  readonly seq: number;
  readonly type: "text";
  readonly tool: null;
  readonly callId: null;
  readonly content: string;
  readonly originalBytes: null;
  readonly isError: false;
  readonly isSubagent: false;
  readonly atMs: number;
} {
  return {
    seq,
    type: "text",
    tool: null,
    callId: null,
    content: `row ${seq} ${"x".repeat((seq * 137) % 900)}`,
    originalBytes: null,
    isError: false,
    isSubagent: false,
    atMs: seq,
  };
}

await reportSession(process.argv[2] ?? "");
