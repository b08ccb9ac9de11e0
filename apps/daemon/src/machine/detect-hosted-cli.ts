import { tutorial, tutorialCommand } from "@headcount/agent-drivers/clis/tutorial";
import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import { detectCli, pathSetting } from "@headcount/agent-drivers/core/detection";
import { productVersion } from "@headcount/contract/version";
import type { CliSettings } from "../state/daemon-config.ts";
import type { HostedCli } from "./hosted-cli.ts";

export const defaultCliSettings: CliSettings = { arguments: [], enabled: true };

/** Looks for one CLI on this machine. Null where it is simply not installed. Never rejects. */
export async function detectHostedCli(
  spec: CliSpec,
  settings: CliSettings,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<HostedCli | null> {
  if (spec.id === tutorial.id) return { ...usable(spec, settings), ...tutorialCommand() };
  const setting = pathSetting(spec);
  const isConfigured = settings.path !== undefined;
  if (spec.bins.length === 0 && !isConfigured) return null;
  const detection = await detectCli(spec, {
    environment: isConfigured ? { ...environment, [setting]: settings.path } : environment,
  });
  if (detection.found) {
    const { executable, version } = detection;
    return { ...usable(spec, settings), executable, version };
  }
  if (detection.reason === "not_found" && !isConfigured) return null;
  return {
    ...usable(spec, settings),
    executable: null,
    version: detection.version,
    problem: detection.reason,
    problemDetail: detection.message,
    repairHint: repairHintOf(spec, detection.reason),
  };
}

/** A CLI that was there and is gone: shown with what to do, instead of vanishing. */
export function goneCli(before: HostedCli): HostedCli {
  return {
    ...before,
    executable: null,
    problem: "not_found",
    problemDetail: `${before.spec.title} is no longer installed on this machine.`,
    repairHint: repairHintOf(before.spec, "not_found"),
  };
}

function usable(spec: CliSpec, settings: CliSettings): HostedCli {
  return {
    spec,
    settings,
    executable: null,
    launchPrefix: [],
    version: productVersion,
    problem: null,
    problemDetail: null,
    repairHint: null,
  };
}

function repairHintOf(spec: CliSpec, reason: "not_found" | "not_runnable" | "too_old"): string {
  const { minimum } = spec.version;
  if (reason === "too_old")
    return `Upgrade ${spec.title} to ${minimum ?? "a newer version"} or later.`;
  if (reason === "not_runnable") return `Reinstall ${spec.title} with its install scripts allowed.`;
  return `Install ${spec.title}, or set ${pathSetting(spec)} to its path.`;
}
