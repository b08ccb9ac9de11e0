import { backoffMs } from "@headcount/client/backoff";
import { messageOf, type Log } from "./log.ts";
import { pause } from "./pause.ts";

/** A part of the daemon that lives as long as its signal does not fire. */
export type Service = {
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<void>;
};

const restart = { baseMs: 500, maxMs: 30_000, jitter: 0.2 };
const healthyAfterMs = 60_000;

/** Runs services side by side and starts each again after it failed. Resolves when all have ended. */
export async function superviseServices(
  services: readonly Service[],
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  await Promise.all(services.map((service) => superviseService(service, signal, log)));
}

async function superviseService(service: Service, signal: AbortSignal, log: Log): Promise<void> {
  for (let failures = 0; !signal.aborted;) {
    const startedAt = performance.now();
    try {
      await service.run(signal);
      if (signal.aborted) return;
      throw new Error("ended by itself");
    } catch (error) {
      if (signal.aborted) return;
      failures = performance.now() - startedAt > healthyAfterMs ? 1 : failures + 1;
      log("error", "a service failed and starts again", {
        service: service.name,
        error: messageOf(error),
        failures,
      });
      await pause(backoffMs(restart, failures - 1, Math.random()), signal);
    }
  }
}
