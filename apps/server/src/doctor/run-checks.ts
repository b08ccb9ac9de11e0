import { server } from "@headcount/contract/server/routes";
import { globalHandler } from "../platform/command.ts";
import { runCheck } from "./checks.ts";
import { databaseChecks } from "./database-checks.ts";
import { installationChecks } from "./installation-checks.ts";

export const doctor = globalHandler(server.doctor, async (ctx) => {
  const all = [...databaseChecks, ...installationChecks];
  const checks = await Promise.all(all.map((check) => runCheck(ctx, check)));
  return { ok: checks.every((check) => check.ok), checks, at: ctx.now.toISOString() };
});
