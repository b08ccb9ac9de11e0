import path from "node:path";
import type { Profile } from "../settings/profile.ts";

/** Where the daemon that was started in the background writes. */
export function daemonLogFile(profile: Profile): string {
  return path.join(profile.paths.logs, "daemon.log");
}
