import { cliSpecs } from "@headcount/agent-drivers/clis/cli-specs";
import type { CliSpec } from "@headcount/agent-drivers/core/cli-spec";
import { ProbeCache } from "@headcount/agent-drivers/core/probe-cache";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import { WakeSignal } from "../wake-signal.ts";
import type { CliSettings } from "../state/daemon-config.ts";
import { coverageOf } from "./coverage-of.ts";
import { defaultCliSettings, detectHostedCli, goneCli } from "./detect-hosted-cli.ts";
import type { HostedCli } from "./hosted-cli.ts";

export type CliDetectionOptions = {
  readonly settings: Readonly<Record<string, CliSettings>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called when something that the server should know is different. */
  readonly onChanged: () => void;
  /** How long a program may be away before it counts as gone; a minute unless stated. */
  readonly goneMs?: number;
  /** How long a program may take to say its version; ten seconds unless stated. */
  readonly probeTimeoutMs?: number;
  /** When one that took longer is asked again, doubled each time; ten seconds unless stated. */
  readonly askAgainMs?: number;
};

const repeatMs = 2 * 60_000;
/** A busy machine keeps a program from answering in time; doubled each time it happens again. */
const askAgainMs = 10_000;
/** Installers take a program away for a moment: only one that stays away this long is gone. */
const goneMs = 60_000;

/** Knows which agent CLIs this machine has, and looks again every two minutes. */
export class CliDetection {
  readonly #options: CliDetectionOptions;
  readonly #wake = new WakeSignal();
  readonly #clis = new Map<string, HostedCli>();
  readonly #missingSince = new Map<string, number>();
  readonly #cache = new ProbeCache();
  #announced = "";
  #roundsWithoutAnswer = 0;

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
    this.#cache.expire();
    this.#wake.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#wake.sleep(this.#pauseMs(), signal);
      if (!signal.aborted) await this.detect();
    }
  }

  /** Probes all CLIs side by side; one that hangs or fails holds nobody else up for long. */
  async detect(): Promise<void> {
    await Promise.all(cliSpecs.map((spec) => this.#detectOne(spec)));
    const isUnanswered = this.clis.some((cli) => cli.problem === "no_answer");
    this.#roundsWithoutAnswer = isUnanswered ? this.#roundsWithoutAnswer + 1 : 0;
    const now = JSON.stringify(this.registrations());
    if (now === this.#announced) return;
    this.#announced = now;
    this.#options.onChanged();
  }

  #pauseMs(): number {
    if (this.#roundsWithoutAnswer > 0) {
      const firstMs = this.#options.askAgainMs ?? askAgainMs;
      return Math.min(repeatMs, firstMs * 2 ** (this.#roundsWithoutAnswer - 1));
    }
    return this.#missingSince.size === 0 ? repeatMs : goneMs;
  }

  async #detectOne(spec: CliSpec): Promise<void> {
    const settings = this.#options.settings[spec.id] ?? defaultCliSettings;
    if (!settings.enabled) {
      this.#clis.delete(spec.id);
      return;
    }
    const before = this.#clis.get(spec.id);
    const { environment, probeTimeoutMs } = this.#options;
    const found = await detectHostedCli(spec, settings, {
      environment,
      cache: this.#cache,
      ...(probeTimeoutMs === undefined ? {} : { probeTimeoutMs }),
    });
    const isMissing = found === null || found.problem === "not_found";
    if (!isMissing) this.#missingSince.delete(spec.id);
    if (isMissing && before !== undefined && before.executable !== null) {
      if (this.#isOnlyAMoment(spec.id)) return;
      this.#missingSince.delete(spec.id);
      this.#clis.set(spec.id, found ?? goneCli(before));
      return;
    }
    if (found !== null) this.#clis.set(spec.id, found);
  }

  #isOnlyAMoment(cli: string): boolean {
    const now = performance.now();
    const since = this.#missingSince.get(cli) ?? now;
    this.#missingSince.set(cli, since);
    return now - since < (this.#options.goneMs ?? goneMs);
  }
}

function registrationOf(cli: HostedCli): RuntimeRegistration {
  const { spec } = cli;
  return {
    cli: spec.id,
    cliTitle: spec.title,
    version: cli.version,
    verified: spec.verified,
    verifiedVersion: spec.verified ? (spec.version.drivenWith ?? cli.version) : null,
    coverage: coverageOf(spec),
    inspection: null,
    problem: cli.problem,
    problemDetail: cli.problemDetail?.slice(0, 1_000) ?? null,
    repairHint: cli.repairHint?.slice(0, 1_000) ?? null,
    foundSessions: null,
  };
}
