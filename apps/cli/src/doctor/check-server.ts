import type { CallApi } from "../api/api.ts";
import { ReplyError } from "../errors/reply-error.ts";
import type { Checks } from "./checks.ts";

const largestOffsetMs = 5_000;

/** The server's own checks, for those who may see them, and how far its clock is away. */
export async function checkServer(call: CallApi, checks: Checks): Promise<void> {
  try {
    const before = Date.now();
    const report = await call("server.doctor", {});
    checkClock(Date.parse(report.at) - (before + Date.now()) / 2, checks);
    for (const check of report.checks) {
      checks.items.push({ ...check, name: `server ${check.name}` });
    }
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    if (error.status === 403) {
      return checks.pass("server checks", "left out: only administrators of the server see them");
    }
    checks.fail("server checks", error.message, "Look at the server's log.");
  }
}

function checkClock(offsetMs: number, checks: Checks): void {
  const seconds = (offsetMs / 1_000).toFixed(1);
  if (Math.abs(offsetMs) <= largestOffsetMs) return checks.pass("clock", `${seconds} s apart`);
  checks.fail(
    "clock",
    `the server's clock is ${seconds} s away from this machine's`,
    "Set both clocks by a time server (NTP).",
  );
}
