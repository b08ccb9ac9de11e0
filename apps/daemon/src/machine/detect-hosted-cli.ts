import { tutorial, tutorialCommand } from "@headcount/agent-drivers/clis/tutorial";
import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import {
  detectCli,
  type DetectionOptions,
  pathSetting,
} from "@headcount/agent-drivers/core/detection";
import { type DetectionProblem, repairCommand } from "@headcount/agent-drivers/core/repair-command";
import { productVersion } from "@headcount/contract/version";
import { createRedactor } from "@headcount/redaction/redactor";
import type { CliSettings } from "../state/daemon-config.ts";
import type { HostedCli } from "./hosted-cli.ts";

export const defaultCliSettings: CliSettings = { arguments: [], enabled: true };

/** Looks for one CLI on this machine. Null where it is simply not installed. Never rejects. */
export async function detectHostedCli(
  spec: CliSpec,
  settings: CliSettings,
  { environment, ...options }: DetectionOptions,
): Promise<HostedCli | null> {
  if (spec.id === tutorial.id) return { ...usable(spec, settings), ...tutorialCommand() };
  const setting = pathSetting(spec);
  const isConfigured = settings.path !== undefined;
  if (spec.bins.length === 0 && !isConfigured) return null;
  const detection = await detectCli(spec, {
    ...options,
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
    problemDetail: published(detection.message, environment),
    repairHint:
      detection.repair === null
        ? repairHintOf(spec, detection.reason)
        : published(detection.repair, environment),
  };
}

/** Everybody in a workspace reads it: home folders are nobody else's business. */
function published(text: string, environment: DetectionOptions["environment"]): string {
  return createRedactor({ secrets: [], homes: [environment["HOME"] ?? ""] }).redact(text);
}

/** A CLI that was there and is gone: shown with what to do, instead of vanishing. */
export function goneCli(before: HostedCli): HostedCli {
  return {
    ...before,
    executable: null,
    problem: "not_found",
    problemDetail: `${before.spec.title} is no longer installed on this machine.`,
    repairHint:
      repairCommand(before.spec, "not_found", null) ?? repairHintOf(before.spec, "not_found"),
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

function repairHintOf(spec: CliSpec, reason: DetectionProblem): string {
  const { minimum } = spec.version;
  if (reason === "too_old")
    return `Upgrade ${spec.title} to ${minimum ?? "a newer version"} or later.`;
  if (reason === "no_answer")
    return `Run \`${spec.bins[0] ?? spec.id} --version\` there; it is asked again within minutes.`;
  if (reason === "not_runnable" || reason === "install_incomplete")
    return `Reinstall ${spec.title} with its install scripts allowed.`;
  return `Install ${spec.title}, or set ${pathSetting(spec)} to its path.`;
}
