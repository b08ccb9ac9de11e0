import { create } from "zustand";

/** Whether the server speaks a newer contract than this tab, which then asks to be reloaded. */
export const versionStore = create<{ readonly outdated: boolean }>(() => ({ outdated: false }));

/** Records what the server said on connecting. */
export function noteServerContract(outdated: boolean): void {
  versionStore.setState({ outdated });
}
