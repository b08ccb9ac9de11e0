import { cliSpecs } from "@headcount/agent-drivers/clis/cli-specs";
import { defaultCliSettings, detectHostedCli } from "@headcount/daemon/machine/detect-hosted-cli";
import { CliSettings } from "@headcount/daemon/state/daemon-config";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import { readProfileConfig } from "../settings/profile-config.ts";

export type ProbedCli = {
  readonly cli: string;
  readonly title: string;
  readonly version: string | null;
  readonly executable: string | null;
  readonly problem: string | null;
  readonly detail: string | null;
  readonly repairHint: string | null;
};

/** Looks for every agent CLI as the daemon of this state directory would. */
export async function probeClis(
  stateDirectory: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly ProbedCli[]> {
  const config = await readProfileConfig(profilePaths(stateDirectory).config);
  const found = await Promise.all(
    cliSpecs.map((spec) => {
      const set = CliSettings.safeParse(config.daemon?.clis?.[spec.id]);
      return detectHostedCli(spec, set.data ?? defaultCliSettings, { environment });
    }),
  );
  return found
    .filter((one) => one !== null)
    .map(({ spec, version, executable, problem, problemDetail, repairHint }) => ({
      cli: spec.id,
      title: spec.title,
      version,
      executable,
      problem,
      detail: problemDetail,
      repairHint,
    }));
}
