import type { MachinePlace } from "./machine-place.ts";
import type { ReadingReport } from "./reading-report.ts";
import type { SessionFile } from "./session-file.ts";
import type { SessionCliId, SessionUsage } from "./session-usage.ts";

/** How one CLI keeps its sessions. */
export type SessionCli = {
  readonly id: SessionCliId;
  /** As its maker writes it. */
  readonly title: string;
  /** What its files cannot tell, as one sentence; null when they tell everything. */
  readonly gap: string | null;
  find(place: MachinePlace): Promise<readonly SessionFile[]>;
  /**
   * Model calls of one file; each call of the file once.
   * @throws Error when the file cannot be read.
   */
  read(file: SessionFile, report: ReadingReport): AsyncIterable<SessionUsage>;
};
