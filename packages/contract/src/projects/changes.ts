import { z } from "zod";

export const projectChanges = {
  "project.created": z.object({}),
  "project.updated": z.object({}),
  "project.deleted": z.object({}),
};
