import type { SessionCliId } from "./session-usage.ts";

/** A file (or database) in which a CLI keeps sessions. */
export type SessionFile = {
  readonly cli: SessionCliId;
  readonly path: string;
  /** With what lies beside a database. */
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  /** False for a part of a session that has a file of its own, such as a subagent's. */
  readonly startsSession: boolean;
};
