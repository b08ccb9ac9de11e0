import { server } from "@headcount/contract/server/routes";
import { contractVersion, productVersion } from "@headcount/contract/version";
import { globalHandler } from "../platform/command.ts";
import { hasAnyUser } from "../users/read-user.ts";

export const getConfig = globalHandler(server.config, async (ctx) => ({
  serverVersion: productVersion,
  contractVersion,
  needsOwner: !(await hasAnyUser(ctx.sql)),
  publicUrl: ctx.services.publicUrl(),
}));
