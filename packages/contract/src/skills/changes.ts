import { z } from "zod";

export const skillChanges = {
  "skill.created": z.object({}),
  "skill.updated": z.object({}),
  "skill.deleted": z.object({}),
};
