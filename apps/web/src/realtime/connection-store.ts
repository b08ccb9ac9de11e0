import { create } from "zustand";

/** How changes reach this tab. */
export type ConnectionState = "live" | "catching_up" | "degraded" | "offline";

type ConnectionStore = {
  readonly state: ConnectionState;
  /** Changes still to be read while catching up. */
  readonly behind: number;
  /** When the state last became something other than live; null while live. */
  readonly since: Date | null;
  /** When the last change was applied, or the data first loaded. */
  readonly lastChangeAt: Date | null;
};

/** Shown at all times in the sidebar; written by the feed only. */
export const connectionStore = create<ConnectionStore>(() => ({
  state: "catching_up",
  behind: 0,
  since: new Date(),
  lastChangeAt: null,
}));

/** Records a state; the moment of leaving "live" is kept until it is live again. */
export function setConnectionState(state: ConnectionState, behind: number): void {
  connectionStore.setState((previous) => ({
    state,
    behind,
    since: state === "live" ? null : (previous.since ?? new Date()),
  }));
}

/** Records that everything up to now is on screen. */
export function noteChangeApplied(at: Date): void {
  connectionStore.setState({ lastChangeAt: at });
}
