import type { Service } from "./app.ts";
import type { Log } from "./platform/log.ts";
import { pause } from "./platform/pause.ts";

const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Runs services until the signal aborts; one that fails is started again after a growing pause. */
export async function superviseServices(
  services: readonly Service[],
  stop: AbortSignal,
  log: Log,
): Promise<void> {
  await Promise.all(services.map((service) => superviseOne(service, stop, log)));
}

async function superviseOne(service: Service, stop: AbortSignal, log: Log): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!stop.aborted) {
    const startedAt = performance.now();
    try {
      await service.run(stop);
      if (stop.aborted) return;
      log.warn({ service: service.name }, "service ended by itself; starting it again");
    } catch (error) {
      log.error({ err: error, service: service.name }, "service failed; starting it again");
    }
    if (performance.now() - startedAt > longestPauseMs) pauseMs = firstPauseMs;
    await pause(pauseMs, stop);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}
