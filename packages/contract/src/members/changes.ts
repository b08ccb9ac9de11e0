import { z } from "zod";

export const memberChanges = {
  "member.added": z.object({ role: z.string() }),
  "member.updated": z.object({ role: z.string() }),
  "member.removed": z.object({}),
  "invitation.created": z.object({}),
  "invitation.ended": z.object({ state: z.string() }),
};
