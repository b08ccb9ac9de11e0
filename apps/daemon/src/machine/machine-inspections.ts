import { createHash } from "node:crypto";
import type { CliInspection } from "@headcount/agent-drivers/inspection/cli-inspection";
import { inspectCli, modelSourceOf } from "@headcount/agent-drivers/inspection/inspect-cli";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import { RuntimeInspection } from "@headcount/contract/runtimes/inspection";
import { createRedactor } from "@headcount/redaction/redactor";
import { z } from "zod";
import { messageOf, type Log } from "../log.ts";
import { readFileIfThere, writeFileAtomically } from "../state/atomic-file.ts";
import { WakeSignal } from "../wake-signal.ts";
import type { HostedCli } from "./hosted-cli.ts";

export type MachineInspectionsOptions = {
  readonly clis: () => readonly HostedCli[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where answers outlive the daemon. */
  readonly file: string;
  /** Called when a program has said something else than before. */
  readonly onChanged: () => void;
  readonly log: Log;
};

const Kept = z.record(
  z.string(),
  z.object({ key: z.string(), atMs: z.number(), inspection: RuntimeInspection }),
);
type Kept = z.infer<typeof Kept>;

/** A list lasts until its program is another one; models of an account come and go within days. */
const listLastsMs = 24 * 3_600_000;
/** People sign in, and servers come back. */
const gapLastsMs = 30 * 60_000;
const lookMs = 10 * 60_000;

/**
 * Knows which models the programs of this machine offer and whether they are signed in. Asks one
 * after the other, because each is a heavy program, and remembers the answer for the version that
 * gave it.
 */
export class MachineInspections {
  readonly #options: MachineInspectionsOptions;
  readonly #wake = new WakeSignal();
  #kept: Kept = {};
  #isLoaded = false;

  constructor(options: MachineInspectionsOptions) {
    this.#options = options;
  }

  /** Adds to what is announced of each CLI what it has said. */
  describe(registrations: readonly RuntimeRegistration[]): readonly RuntimeRegistration[] {
    return registrations.map((registration) => {
      const kept = this.#kept[registration.cli];
      return kept === undefined ? registration : { ...registration, inspection: kept.inspection };
    });
  }

  /** The machine's programs may be others now. */
  refresh(): void {
    this.#wake.ring();
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.#load();
    while (!signal.aborted) {
      for (const cli of this.#options.clis()) {
        if (signal.aborted) return;
        if (this.#isDue(cli)) await this.inspect(cli);
      }
      await this.#wake.sleep(lookMs, signal);
    }
  }

  /** Asks a program now, whatever it has said before. */
  async inspect(cli: HostedCli): Promise<RuntimeInspection> {
    const { environment, onChanged, log, file } = this.#options;
    const answer = await askHostedCli(cli, environment);
    const before = this.#kept[cli.spec.id];
    const now = { key: keyOf(cli), atMs: Date.now(), inspection: answer };
    this.#kept = { ...this.#kept, [cli.spec.id]: now };
    try {
      await writeFileAtomically(file, JSON.stringify(this.#kept));
    } catch (error) {
      // The next daemon asks again, which costs seconds.
      log("warn", "models of this machine could not be noted", { error: messageOf(error) });
    }
    if (JSON.stringify(before?.inspection) !== JSON.stringify(answer)) onChanged();
    return answer;
  }

  #isDue(cli: HostedCli): boolean {
    if (cli.executable === null || modelSourceOf(cli.spec).kind === "none") return false;
    const kept = this.#kept[cli.spec.id];
    if (kept === undefined || kept.key !== keyOf(cli)) return true;
    const { modelsSource, signIn } = kept.inspection;
    const isWhole = modelsSource === "cli" && signIn !== "signed_out";
    const lastsMs = isWhole ? listLastsMs : gapLastsMs;
    const ageMs = Date.now() - kept.atMs;
    // A clock that was set back makes answers from the future.
    return ageMs < 0 || ageMs > lastsMs;
  }

  async #load(): Promise<void> {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    const text = await readFileIfThere(this.#options.file);
    if (text === null) return;
    try {
      this.#kept = Kept.parse(JSON.parse(text));
    } catch (error) {
      // Of another version or damaged: only a memory.
      this.#options.log("debug", "noted models were passed over", { error: messageOf(error) });
      return;
    }
    this.#options.onChanged();
  }
}

/** Asks one program, and says it as the machine may publish it. */
export async function askHostedCli(
  { spec, executable, launchPrefix }: HostedCli,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RuntimeInspection> {
  const signInCommand = spec.setup?.signIn ?? null;
  const said: CliInspection =
    executable === null
      ? { models: [], modelsSource: "none", signIn: "unknown", problem: null }
      : await inspectCli(spec, { executable, launchPrefix, environment });
  const { redact } = createRedactor({ secrets: [], homes: [environment["HOME"] ?? ""] });
  const problem = said.problem === null ? null : redact(said.problem).slice(0, 500);
  return { ...said, models: [...said.models], problem, signInCommand };
}

/** What the answer depends on, as a digest: arguments can carry secrets, and the file lies about. */
function keyOf({ executable, version, launchPrefix, settings }: HostedCli): string {
  const facts = JSON.stringify([executable, version, launchPrefix, settings.arguments]);
  return createHash("sha256").update(facts).digest("hex").slice(0, 32);
}
