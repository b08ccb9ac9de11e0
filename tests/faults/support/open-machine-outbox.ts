import type { ApiClient } from "@headcount/client/make-client";
import { makeClient } from "@headcount/client/make-client";
import { Delivery } from "@headcount/daemon/outbox/delivery";
import { Outbox } from "@headcount/daemon/outbox/outbox";
import type { UsageRecord } from "@headcount/contract/daemon/schemas";
import type { ServedRun } from "./fault-world.ts";

export type OutboxToOpen = {
  readonly serverUrl: string;
  /** Of the machine. */
  readonly token: string;
  readonly directory: string;
  /** Clock of the machine; the real one unless stated. */
  readonly now?: () => number;
  /** Longest wait for an answer, in place of the daemon's minute. */
  readonly answerWithinMs: number;
};

/** The outbox of a daemon with its delivery, in this process. */
export type MachineOutbox = {
  /** Puts records into the outbox; resolves when they are on the disk. */
  put(run: ServedRun, records: readonly UsageRecord[]): Promise<void>;
  /** One attempt to deliver what there is. @returns whether everything is confirmed */
  deliver(): Promise<boolean>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openMachineOutbox(wanted: OutboxToOpen): Promise<MachineOutbox> {
  const { serverUrl: baseUrl, token, directory, now, answerWithinMs } = wanted;
  const outbox = await Outbox.open(directory, {
    maxBytes: 2 ** 30,
    batchMs: 1,
    ...(now === undefined ? {} : { now }),
  });
  const patient = makeClient({ baseUrl, token, clientName: "daemon" });
  const client: ApiClient = {
    call: (route, input, options) =>
      patient.call(route, input, { ...options, timeoutMs: answerWithinMs }),
  };
  const delivery = new Delivery({ outbox, client, log: () => {} });
  const never = new AbortController().signal;
  return {
    async put({ task }, records) {
      const { workspaceId, taskId, lease } = task;
      const journal = await outbox.journal({ workspaceId, taskId, lease });
      await Promise.all(records.map((body) => journal.append({ kind: "usage", body })));
    },
    async deliver() {
      await delivery.drain(never);
      return outbox.figures.depth === 0;
    },
    [Symbol.asyncDispose]: () => outbox.release(),
  };
}

/** Delivers until everything is confirmed. */
export async function deliverAll(outbox: MachineOutbox): Promise<void> {
  for (let attempt = 0; !(await outbox.deliver()); attempt += 1) {
    if (attempt > 100) throw new Error("The outbox has not been emptied after one fault");
  }
}
