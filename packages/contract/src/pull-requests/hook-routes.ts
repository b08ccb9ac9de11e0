import { z } from "zod";
import { route } from "../kit/route.ts";

/**
 * What git hosts send. The body is theirs and signed as a whole, so none of it is in the input.
 * Whoever has no right signature learns nothing, also not whether there is such a connection.
 */
export const gitHooks = {
  github: route({
    name: "git-hooks.github",
    method: "POST",
    path: "/api/hooks/github/:workspaceId/:connectionId",
    summary: "A delivery of a GitHub webhook, signed with the secret of the connection",
    access: "public",
    input: z.object({ workspaceId: z.string().max(100), connectionId: z.string().max(100) }),
    output: z.object({ result: z.enum(["pong", "recorded", "ignored"]) }),
    bodyLimitBytes: 10 * 1024 * 1024,
    invalidStatus: 400,
    reasons: ["git_hook.unsigned", "rate_limited"],
  }),
};
