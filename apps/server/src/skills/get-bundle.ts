import { daemon } from "@headcount/contract/daemon/routes";
import { assertOwnerBelongs, inWorkspaceAsDaemon } from "../daemons/as-daemon.ts";
import { notFound } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import { readBuiltIns } from "./built-in/read-built-ins.ts";

/** One bundle by its hash, for machines of the workspace's members. */
export const getSkillBundle = globalHandler(daemon.skillBundle, (ctx, input) =>
  inWorkspaceAsDaemon(ctx, input.workspaceId, async (workspaceCtx) => {
    await assertOwnerBelongs(workspaceCtx);
    const { hash } = input;
    const builtIn = (await readBuiltIns()).find(({ claimed }) => claimed.hash === hash);
    if (builtIn) return { hash, body: builtIn.body };
    const [row] = await workspaceCtx.sql<{ body: string }[]>`
      select body from skill_bundles
      where workspace_id = ${workspaceCtx.workspaceId} and hash = ${hash}`;
    if (!row) throw notFound("skill");
    return { hash, body: row.body };
  }),
);
