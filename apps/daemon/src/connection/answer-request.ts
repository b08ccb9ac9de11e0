import type { ApiClient } from "@headcount/client/make-client";
import { withRetry } from "@headcount/client/retry";
import { daemon } from "@headcount/contract/daemon/routes";
import type { MachineRequest } from "@headcount/contract/daemon/schemas";
import { messageOf, type Log } from "../log.ts";
import type { CliDetection } from "../machine/cli-detection.ts";
import type { MachineInspections } from "../machine/machine-inspections.ts";
import type { RuntimeRegistry } from "./runtime-registry.ts";

export type RequestParts = {
  readonly client: ApiClient;
  readonly registry: RuntimeRegistry;
  readonly detection: CliDetection;
  readonly inspections: MachineInspections;
  readonly log: Log;
};

/** Asks the program that somebody wants to know about, and tells the server. Never rejects. */
export async function answerRequest(parts: RequestParts, request: MachineRequest): Promise<void> {
  const { client, registry, detection, inspections, log } = parts;
  const { runtimeId, workspaceId } = request;
  const runtime = registry.find(runtimeId);
  const cli = runtime === undefined ? undefined : detection.findUsable(runtime.cli);
  // Whoever asked sees that no answer came; why is on the runtime.
  if (cli === undefined) return;
  try {
    const inspection = await inspections.inspect(cli);
    await withRetry(client).call(daemon.reportInspection, { runtimeId, workspaceId, inspection });
  } catch (error) {
    log("warn", "an inspection could not be reported", {
      cli: cli.spec.id,
      error: messageOf(error),
    });
  }
}
