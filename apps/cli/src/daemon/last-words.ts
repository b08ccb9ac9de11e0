import { profilePaths } from "@headcount/daemon/state/profile-paths";
import { readLifeRecord } from "@headcount/daemon/state/life-record";

/** ` (stopped …: reason)`, or nothing when none ever ran or it left no reason. */
export async function lastWords(stateDirectory: string): Promise<string> {
  const life = await readLifeRecord(profilePaths(stateDirectory).lifeRecord);
  if (!life?.stoppedAt) return "";
  return ` (stopped ${life.stoppedAt}: ${life.stopReason ?? "no reason"})`;
}
