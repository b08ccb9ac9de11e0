import { countOpencodeSessions } from "./clis/opencode-database.ts";
import type { MachinePlace } from "./machine-place.ts";
import { sessionClis } from "./session-clis.ts";
import type { SessionFile } from "./session-file.ts";
import type { SessionCliId } from "./session-usage.ts";

/** What sessions of a CLI a machine holds, told by the files' times: nothing is read. */
export type FoundSessions = {
  readonly cli: SessionCliId;
  readonly sessions: number;
  /** Days of the earliest and of the latest change, UTC, `YYYY-MM-DD`. */
  readonly firstDay: string;
  readonly lastDay: string;
};

/** Sessions of all CLIs on this machine; CLIs without any are left out. */
export async function findFoundSessions(place: MachinePlace): Promise<readonly FoundSessions[]> {
  const found = await Promise.all(
    Object.values(sessionClis).map(async (cli) => summarise(cli.id, await cli.find(place))),
  );
  return found.filter((summary) => summary !== null);
}

function summarise(cli: SessionCliId, files: readonly SessionFile[]): FoundSessions | null {
  const counted = files.map((file) =>
    file.path.endsWith(".db") ? ofDatabase(file) : ofFile(file),
  );
  const sessions = counted.reduce((sum, one) => sum + one.sessions, 0);
  const times = counted.flatMap(({ firstAtMs, lastAtMs }) => [firstAtMs, lastAtMs]);
  const known = times.filter((time) => time !== null);
  if (sessions === 0 || known.length === 0) return null;
  // Years of files are more than fit into the arguments of one call.
  const first = known.reduce((a, b) => Math.min(a, b));
  const last = known.reduce((a, b) => Math.max(a, b));
  return { cli, sessions, firstDay: dayOf(first), lastDay: dayOf(last) };
}

type Counted = {
  readonly sessions: number;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
};

function ofFile({ startsSession, modifiedAtMs }: SessionFile): Counted {
  return { sessions: startsSession ? 1 : 0, firstAtMs: modifiedAtMs, lastAtMs: modifiedAtMs };
}

function ofDatabase({ path }: SessionFile): Counted {
  try {
    return countOpencodeSessions(path);
  } catch {
    // Another version's tables, or locked by its owner: there is nothing that could be offered.
    return { sessions: 0, firstAtMs: null, lastAtMs: null };
  }
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
