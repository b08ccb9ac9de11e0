import { z } from "zod";

export const agentChanges = {
  "agent.created": z.object({}),
  "agent.updated": z.object({}),
  "agent.archived": z.object({}),
  "agent.restored": z.object({}),
};
