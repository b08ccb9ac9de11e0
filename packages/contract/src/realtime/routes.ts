import { z } from "zod";
import { route } from "../kit/route.ts";
import { workspacePath } from "../kit/values.ts";
import { ChangeItem } from "./changes.ts";

/** The feed by polling, with the cursors and rules of the socket. */
export const changes = {
  poll: route({
    name: "changes.poll",
    method: "GET",
    path: "/api/w/:workspace/changes",
    summary: "Changes after a cursor; waits up to `wait` seconds when there are none",
    access: "member",
    input: z.object({
      ...workspacePath,
      after: z.coerce.number().int().nonnegative(),
      wait: z.coerce.number().int().min(0).max(25).default(0),
    }),
    output: z.object({
      from: z.int(),
      to: z.int(),
      items: z.array(ChangeItem),
      remaining: z.int(),
      /** Set when the cursor is too old or unknown: reload what is shown and go on from `to`. */
      snapshotRequired: z.string().nullable(),
    }),
  }),
  cursor: route({
    name: "changes.cursor",
    method: "GET",
    path: "/api/w/:workspace/cursor",
    summary: "The newest change cursor",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ cursor: z.int() }),
  }),
};
