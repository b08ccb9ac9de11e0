import type { Cli } from "../cli.ts";
import { Checks } from "./checks.ts";
import { checkDaemon } from "./check-daemon.ts";
import { checkMachine } from "./check-machine.ts";
import { checkServer } from "./check-server.ts";
import { findAccess } from "./find-access.ts";
import { proveRun } from "./prove-run.ts";
import type { DoctorFlags, Report } from "./report.ts";

/** Walks from the server to this machine and, with `run`, through a whole test task. */
export async function examine(cli: Cli, flags: DoctorFlags): Promise<Report> {
  const checks = new Checks();
  await using access = await findAccess(cli, flags, checks);
  if (access.person) await checkServer(access.person.call, checks);
  const mayEnrolSoon = flags.run && access.isLocal && access.person !== null;
  const status = await checkDaemon(cli, { ...flags, mayEnrolSoon, person: access.person }, checks);
  await checkMachine(cli, { dataDir: flags.dataDir, status }, checks);
  const task = flags.run && access.person ? await proveRun(cli, access.person, checks) : null;
  return { ok: checks.ok, checks: checks.items, task };
}
