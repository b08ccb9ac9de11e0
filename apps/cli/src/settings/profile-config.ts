import { mkdir, open, readFile, rename } from "node:fs/promises";
import path from "node:path";
import { CliError } from "../errors/cli-error.ts";

/** What this machine's settings of one CLI are called in `config.json`. */
export type CliSection = {
  readonly path?: string;
  readonly model?: string;
  readonly arguments?: readonly string[];
  readonly enabled?: boolean;
};

/** `config.json` of a profile, shared with its daemon. Unknown fields are kept. */
export type ProfileConfig = {
  readonly serverUrl?: string;
  /** Slug of the workspace that commands use unless told otherwise. */
  readonly workspace?: string;
  /** Personal token; present only where the person signed in on this profile. */
  readonly token?: string;
  readonly logLevel?: string;
  readonly pollInterval?: string;
  readonly daemon?: {
    readonly deviceName?: string;
    readonly workRoot?: string;
    readonly slots?: number;
    readonly clis?: Readonly<Record<string, CliSection>>;
  };
};

/** @throws CliError when the file is there but no JSON object */
export async function readProfileConfig(file: string): Promise<ProfileConfig> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new CliError(`${file} cannot be read.`, {
      nextStep: "Make it readable for yourself, or choose another profile with --profile.",
      cause: error,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
    throw new Error("not an object");
  } catch (cause) {
    throw new CliError(`${file} does not hold valid settings.`, {
      nextStep: "Repair it, or remove it and run `headcount setup`.",
      cause,
    });
  }
}

/** Replaces the file in one step; only its owner can read it. */
export async function writeProfileConfig(file: string, config: ProfileConfig): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(config, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
