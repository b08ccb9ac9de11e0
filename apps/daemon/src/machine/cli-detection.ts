import { cliSpecs } from "@headcount/agent-drivers/clis/cli-specs";
import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import { WakeSignal } from "../wake-signal.ts";
import type { CliSettings } from "../state/daemon-config.ts";
import { defaultCliSettings, detectHostedCli, goneCli } from "./detect-hosted-cli.ts";
import type { HostedCli } from "./hosted-cli.ts";

export type CliDetectionOptions = {
  readonly settings: Readonly<Record<string, CliSettings>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when something that the server should know is different. */
  readonly onChanged: () => void;
};

const repeatMs = 2 * 60_000;

/** Knows which agent CLIs this machine has, and looks again every two minutes. */
export class CliDetection {
  readonly #options: CliDetectionOptions;
  readonly #wake = new WakeSignal();
  readonly #clis = new Map<string, HostedCli>();
  #announced = "";

  constructor(options: CliDetectionOptions) {
    this.#options = options;
  }

  get clis(): readonly HostedCli[] {
    return [...this.#clis.values()];
  }

  /** The CLI if it can run work now. */
  findUsable(cli: string): HostedCli | undefined {
    const found = this.#clis.get(cli);
    return found?.executable === null ? undefined : found;
  }

  /** What is said to the server about this machine. */
  registrations(): readonly RuntimeRegistration[] {
    return this.clis.map(registrationOf);
  }

  refresh(): void {
    this.#wake.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#wake.sleep(repeatMs, signal);
      if (!signal.aborted) await this.detect();
    }
  }

  /** Probes all CLIs side by side; one that hangs or fails holds nobody else up for long. */
  async detect(): Promise<void> {
    await Promise.all(cliSpecs.map((spec) => this.#detectOne(spec)));
    const now = JSON.stringify(this.registrations());
    if (now === this.#announced) return;
    this.#announced = now;
    this.#options.onChanged();
  }

  async #detectOne(spec: CliSpec): Promise<void> {
    const settings = this.#options.settings[spec.id] ?? defaultCliSettings;
    if (!settings.enabled) {
      this.#clis.delete(spec.id);
      return;
    }
    const before = this.#clis.get(spec.id);
    const found = await detectHostedCli(spec, settings, this.#options.environment);
    if (found !== null) this.#clis.set(spec.id, found);
    else if (before !== undefined) this.#clis.set(spec.id, goneCli(before));
  }
}

function registrationOf(cli: HostedCli): RuntimeRegistration {
  const { spec } = cli;
  return {
    cli: spec.id,
    cliTitle: spec.title,
    version: cli.version,
    verified: spec.verified,
    coverage: coverageOf(spec),
    models: [],
    problem: cli.problem,
    problemDetail: cli.problemDetail?.slice(0, 1_000) ?? null,
    repairHint: cli.repairHint,
    foundSessions: null,
  };
}

function coverageOf({ usage }: CliSpec): RuntimeRegistration["coverage"] {
  const reason = usage.gap ?? "";
  if (usage.accumulation === "none") return { level: "none", reason };
  return { level: usage.gap === null ? "exact" : "partial", reason };
}
