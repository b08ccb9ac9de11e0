import { z } from "zod";
import { runawayKinds } from "./words.ts";

const ofHold = { agentId: z.uuid(), kind: z.enum(runawayKinds) };

export const runawayChanges = {
  "runaway.held": z.object(ofHold),
  "runaway.released": z.object(ofHold),
};
