import type { DirectoryMode } from "@headcount/contract/projects/directory";
import type { LimitStop } from "@headcount/contract/tasks/states";
import postgres from "postgres";
import type { Database } from "../platform/database.ts";
import type { Log } from "../platform/log.ts";

/** Wake-ups between processes. Every one may be lost: tables are the truth, polling the safety net. */
export type Signal =
  | { readonly topic: "changes"; readonly workspaceId: string }
  | { readonly topic: "transcript"; readonly workspaceId: string; readonly taskId: string }
  | {
      readonly topic: "daemon";
      readonly daemonId: string;
      readonly hint: "work" | "membership" | "request";
    }
  | {
      readonly topic: "daemon-cancel";
      readonly daemonId: string;
      readonly taskId: string;
      readonly lease: number;
    }
  | {
      readonly topic: "daemon-stop";
      readonly daemonId: string;
      readonly taskId: string;
      readonly lease: number;
      readonly reason: LimitStop;
    }
  | {
      readonly topic: "directory-check";
      readonly daemonId: string;
      readonly checkId: string;
      readonly path: string;
      readonly mode: DirectoryMode;
    }
  | {
      readonly topic: "directory-checked";
      readonly daemonId: string;
      readonly checkId: string;
      readonly problem: string | null;
    }
  | { readonly topic: "webhook"; readonly workspaceId: string }
  | { readonly topic: "usage-tail"; readonly workspaceId: string }
  | { readonly topic: "usage-zone"; readonly workspaceId: string; readonly zone: string }
  | { readonly topic: "daemon-owner"; readonly userId: string }
  | { readonly topic: "session-ended"; readonly userId: string };

export type Signals = {
  /** Tells this process at once and the others within a few ten milliseconds. */
  send(signal: Signal): void;
  on(listener: (signal: Signal) => void): () => void;
  run(signal: AbortSignal): Promise<void>;
};

const channel = "headcount";
/** One NOTIFY per window for all that happened in it: a NOTIFY in every commit halves throughput. */
const coalesceMs = 30;
/** PostgreSQL refuses payloads of 8,000 bytes and more; this is for the signals in one. */
const mostSignalBytes = 7_500;

export function createSignals(database: Database, log: Log): Signals {
  const listeners = new Set<(signal: Signal) => void>();
  /** As JSON, each once. */
  const pending = new Set<string>();
  const origin = crypto.randomUUID();
  let timer: NodeJS.Timeout | null = null;

  const deliver = (signal: Signal): void => {
    for (const listener of listeners) listener(signal);
  };

  const flush = async (): Promise<void> => {
    timer = null;
    const batch = [...pending];
    pending.clear();
    for (const payload of toPayloads(origin, batch)) {
      await database.pool`select pg_notify(${channel}, ${payload})`;
    }
  };

  return {
    send(signal) {
      deliver(signal);
      pending.add(JSON.stringify(signal));
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) =>
          log.warn({ err: error }, "could not notify other processes"),
        );
      }, coalesceMs);
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async run(stop) {
      const listening = postgres(database.listenUrl, {
        max: 1,
        onnotice: () => {},
        connection: { application_name: "headcount-listen" },
      });
      await listening.listen(channel, (payload) => {
        for (const signal of fromPayload(origin, payload)) deliver(signal);
      });
      await new Promise<void>((resolve) => {
        if (stop.aborted) resolve();
        else stop.addEventListener("abort", () => resolve(), { once: true });
      });
      if (timer) clearTimeout(timer);
      await listening.end({ timeout: 2 });
    },
  };
}

function toPayloads(origin: string, signals: readonly string[]): string[] {
  const parts: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const signal of signals) {
    const more = Buffer.byteLength(signal) + 1;
    bytes += more;
    if (bytes <= mostSignalBytes) {
      parts.at(-1)?.push(signal);
      continue;
    }
    parts.push([signal]);
    bytes = more;
  }
  return parts.map((part) => `{"origin":"${origin}","signals":[${part.join(",")}]}`);
}

/** Own signals were delivered when they were sent. */
function fromPayload(origin: string, payload: string): Signal[] {
  const parsed = JSON.parse(payload) as { origin: string; signals: Signal[] };
  return parsed.origin === origin ? [] : parsed.signals;
}
