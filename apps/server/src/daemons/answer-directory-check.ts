import { daemon } from "@headcount/contract/daemon/routes";
import { globalHandler } from "../platform/command.ts";
import { daemonOf, sane } from "./as-daemon.ts";

/** Passes on what a machine has found in one of its folders; whoever asked may be gone by now. */
export const answerDirectoryCheck = globalHandler(
  daemon.answerDirectoryCheck,
  async (ctx, input) => {
    const { daemonId } = daemonOf(ctx);
    const { checkId, problem } = sane(input);
    ctx.services.signal({ topic: "directory-checked", daemonId, checkId, problem });
    return {};
  },
);
