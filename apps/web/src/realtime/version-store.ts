import { create } from "zustand";

type VersionStore = {
  /** Whether the server speaks a newer contract than this tab. */
  readonly outdated: boolean;
  /** Whether the server hands out another app than the one in this tab, and no longer all of this one. */
  readonly replaced: boolean;
};

/** Why this tab should be reloaded; the shell asks for it. */
export const versionStore = create<VersionStore>(() => ({ outdated: false, replaced: false }));

/** Records what the server said on connecting. */
export function noteServerContract(outdated: boolean): void {
  versionStore.setState({ outdated });
}

/** Records that code of this tab is gone because the server has another app by now. */
export function noteReplacedApp(): void {
  versionStore.setState({ replaced: true });
}
