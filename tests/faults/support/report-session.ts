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
  /** Everything that the CLI has written down so far, old and new. */
  readonly usage: readonly UsageRecord[];
};

/**
 * The part of a daemon that usage goes through: puts what a CLI tells into the outbox and delivers
 * the outbox until the server has confirmed everything. Says `done` then, and `disk` each time that
 * the disk has refused a write.
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
async function tell(outbox: Outbox, lease: LeaseKey, usage: readonly UsageRecord[]): Promise<void> {
  const journal = await outbox.journal(lease);
  for (const [index, body] of usage.entries()) {
    const said = journal.append({ kind: "transcript", body: transcriptRow(index) });
    const used = journal.append({ kind: "usage", body });
    if (index % 3 > 0) await Promise.all([said, used]);
  }
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
