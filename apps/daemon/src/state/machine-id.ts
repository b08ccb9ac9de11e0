import { createHash } from "node:crypto";
import { link, mkdir, rm } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { MachineId, newId } from "@headcount/contract/kit/ids";
import { readFileIfThere, writeFileAtomically } from "./atomic-file.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Identity of an installed operating system on Linux, made at its installation: machine-id(5). */
const systemIdFile = "/etc/machine-id";

/**
 * Identity of this computer for one of its operating-system users: made once and shared by all
 * profiles, wherever they keep their state. Null where it cannot be kept.
 */
export async function readOrMakeMachineId(environment: Environment): Promise<MachineId | null> {
  try {
    const file = await machineIdFile(environment);
    return (await readMachineId(file)) ?? (await makeMachineId(file));
  } catch {
    // A home that cannot be used: the daemon's own identity has to do.
    return null;
  }
}

/**
 * Beside the state folders of the profiles, so that it outlives them. The name tells computers
 * apart that share one home.
 */
export async function machineIdFile(
  environment: Environment,
  systemFile: string = systemIdFile,
): Promise<string> {
  const home = environment["HOME"] ?? homedir();
  const userState =
    process.platform === "darwin"
      ? path.join(home, "Library", "Application Support")
      : environment["XDG_STATE_HOME"] || path.join(home, ".local", "state");
  const system = (await readFileIfThere(systemFile))?.trim();
  const name = system ? `machine-${digest(system)}` : "machine";
  return path.join(userState, "headcount", name);
}

async function readMachineId(file: string): Promise<MachineId | null> {
  return MachineId.safeParse((await readFileIfThere(file))?.trim()).data ?? null;
}

/** Daemons that start at the same time agree: a link is made once, all others read it. */
async function makeMachineId(file: string): Promise<MachineId> {
  const made = newId<MachineId>();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${made}`;
  await writeFileAtomically(draft, `${made}\n`);
  try {
    await link(draft, file);
    return made;
  } catch (error) {
    const winner = await readMachineId(file);
    if (winner === null) throw error;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
}

const digest = (text: string): string =>
  createHash("sha256").update(`headcount:${text}`).digest("hex").slice(0, 12);
