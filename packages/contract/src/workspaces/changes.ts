import { z } from "zod";

export const workspaceChanges = {
  "workspace.updated": z.object({}),
  "workspace.deleted": z.object({}),
};
