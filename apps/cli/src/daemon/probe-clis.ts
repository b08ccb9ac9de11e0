import { cliSpecs } from "@headcount/agent-drivers/clis/cli-specs";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import type { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import { coverageOf } from "@headcount/daemon/machine/coverage-of";
import { defaultCliSettings, detectHostedCli } from "@headcount/daemon/machine/detect-hosted-cli";
import type { HostedCli } from "@headcount/daemon/machine/hosted-cli";
import { askHostedCli } from "@headcount/daemon/machine/machine-inspections";
import { CliSettings } from "@headcount/daemon/state/daemon-config";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import { readProfileConfig } from "../settings/profile-config.ts";

export type ProbedCli = {
  readonly cli: string;
  readonly title: string;
  readonly version: string | null;
  readonly executable: string | null;
  readonly verified: boolean;
  readonly verifiedVersion: string | null;
  readonly coverage: RuntimeRegistration["coverage"];
  readonly problem: string | null;
  readonly detail: string | null;
  readonly repairHint: string | null;
  /** Null where programs were not asked. */
  readonly inspection: RuntimeInspection | null;
};

export type ProbePlace = {
  readonly stateDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `whole` starts each program for its models and its account, which takes seconds. */
  readonly depth: "versions" | "whole";
};

/** Looks for every agent CLI as the daemon of this state directory would. */
export async function probeClis(place: ProbePlace): Promise<readonly ProbedCli[]> {
  const { stateDirectory, environment, depth } = place;
  const config = await readProfileConfig(profilePaths(stateDirectory).config);
  const looked = await Promise.all(
    cliSpecs.map((spec) => {
      const set = CliSettings.safeParse(config.daemon?.clis?.[spec.id]);
      return detectHostedCli(spec, set.data ?? defaultCliSettings, { environment });
    }),
  );
  const probed: ProbedCli[] = [];
  // One after the other: each is a heavy program of its own.
  for (const cli of looked.filter((one) => one !== null)) {
    const isAsked = depth === "whole" && cli.executable !== null;
    probed.push(shown(cli, isAsked ? await askHostedCli(cli, environment) : null));
  }
  return probed;
}

function shown(found: HostedCli, inspection: RuntimeInspection | null): ProbedCli {
  const { spec, version, executable, problem, problemDetail, repairHint } = found;
  return {
    cli: spec.id,
    title: spec.title,
    version,
    executable,
    verified: spec.verified,
    verifiedVersion: spec.verified ? (spec.version.drivenWith ?? version) : null,
    coverage: coverageOf(spec),
    problem,
    detail: problemDetail,
    repairHint,
    inspection,
  };
}
