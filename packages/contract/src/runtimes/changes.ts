import { z } from "zod";

export const runtimeChanges = {
  "runtime.registered": z.object({}),
  "runtime.online": z.object({}),
  "runtime.offline": z.object({}),
  "runtime.updated": z.object({}),
  "runtime.removed": z.object({}),
};
