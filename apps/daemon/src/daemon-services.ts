import { preflight } from "./connection/preflight.ts";
import { collectGarbage } from "./gc/collect-garbage.ts";
import type { DaemonParts } from "./daemon-parts.ts";
import { messageOf, type Log } from "./log.ts";
import { pause } from "./pause.ts";
import { reconcileWithServer } from "./runs/reconcile.ts";
import { superviseServices, type Service } from "./services.ts";

const collectEveryMs = 2 * 3_600_000;
const firstCollectMs = 60_000;

/** The services that talk to the server and watch the machine. */
export function connectionService(parts: DaemonParts, log: Log): Service {
  const inner: readonly Service[] = [
    { name: "heartbeat", run: (signal) => runHeartbeat(parts, signal) },
    { name: "registration", run: (signal) => runRegistration(parts, signal, log) },
    { name: "wake socket", run: (signal) => parts.wakeSocket.run(signal) },
    { name: "outbox delivery", run: (signal) => runDelivery(parts, signal) },
    { name: "detection", run: (signal) => parts.detection.run(signal) },
    { name: "disk watch", run: (signal) => parts.disk.run(signal) },
    { name: "inspections", run: (signal) => runInspections(parts, signal) },
    { name: "session scan", run: (signal) => parts.sessionScan.run(signal) },
  ];
  return { name: "connection", run: (signal) => superviseServices(inner, signal, log) };
}

/** Claims begin once the server has been told about tasks that did not survive. */
export function claimsService(parts: DaemonParts, log: Log): Service {
  const { client, outbox, journal, runs, credentials } = parts;
  let isReconciled = false;
  return {
    name: "claims",
    async run(signal) {
      await credentials.obtain(signal);
      while (!isReconciled && !signal.aborted) {
        try {
          const isHeld = (place: { taskId: string; lease: number }): boolean => runs.holds(place);
          await reconcileWithServer({ client, outbox, journal, isHeld, log });
          isReconciled = true;
        } catch (error) {
          log("warn", "tasks could not be compared with the server", { error: messageOf(error) });
          await pause(5_000, signal);
        }
      }
      await parts.claims.run(signal);
    },
  };
}

/** What is slow and can wait: removing what nobody needs any more. */
export function upkeepService(parts: DaemonParts): Service {
  return {
    name: "upkeep",
    async run(signal) {
      await pause(firstCollectMs, signal);
      while (!signal.aborted) {
        await collectGarbage(parts.garbage);
        await pause(collectEveryMs, signal);
      }
    },
  };
}

/** Nothing is announced before the machine has been looked over once: absent CLIs go offline. */
async function runRegistration(parts: DaemonParts, signal: AbortSignal, log: Log): Promise<void> {
  const { client, detection, context } = parts;
  await Promise.all([detection.detect(), preflight(client, context.config.serverUrl, log)]);
  await parts.registration.run(signal);
}

async function runHeartbeat(parts: DaemonParts, signal: AbortSignal): Promise<void> {
  await parts.credentials.obtain(signal);
  await parts.heartbeat.run(signal);
}

/** Programs are asked once they are known; nothing else waits for it. */
async function runInspections(parts: DaemonParts, signal: AbortSignal): Promise<void> {
  await parts.credentials.obtain(signal);
  await parts.inspections.run(signal);
}

async function runDelivery(parts: DaemonParts, signal: AbortSignal): Promise<void> {
  await parts.credentials.obtain(signal);
  await parts.delivery.run(signal);
}
