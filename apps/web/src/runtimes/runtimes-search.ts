import { z } from "zod";

/** Whose machines are shown, and which runtime is pointed at, as they stand in the address. */
export const RuntimesSearch = z.object({
  owner: z
    .union([z.literal("me"), z.uuid()])
    .optional()
    .catch(undefined),
  runtime: z.uuid().optional().catch(undefined),
});
export type RuntimesSearch = z.infer<typeof RuntimesSearch>;
