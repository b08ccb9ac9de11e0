import { z } from "zod";
import { Instant } from "../kit/values.ts";

/** Who says which models there are: the program itself, our own list of what it takes, or nobody. */
export const ModelsSource = z.enum(["cli", "catalogue", "none"]);
export type ModelsSource = z.infer<typeof ModelsSource>;

/** Whether a program has an account, as far as it tells without calling a model. */
export const SignIn = z.enum(["signed_in", "signed_out", "unknown"]);
export type SignIn = z.infer<typeof SignIn>;

/** What a machine has found out about one of its programs by asking it. */
export const RuntimeInspection = z.object({
  /** As the program takes them, the ones it puts first at the front. */
  models: z.array(z.string().min(1).max(200)).max(500),
  modelsSource: ModelsSource,
  signIn: SignIn,
  /** What a person types on the machine to sign in; null where nobody knows. */
  signInCommand: z.string().max(200).nullable(),
  /** Why the program's own list is missing; null when it is there. */
  problem: z.string().max(500).nullable(),
});
export type RuntimeInspection = z.infer<typeof RuntimeInspection>;

/**
 * What has become of the wish to ask a program anew. `pending`: its machine has not heard of it.
 * `running`: it is at it. `failed`: no answer came in time.
 */
export const InspectionRequest = z.enum(["none", "pending", "running", "failed"]);
export type InspectionRequest = z.infer<typeof InspectionRequest>;

/** The same as people see it. */
export const ShownInspection = RuntimeInspection.omit({ models: true }).extend({
  /** Time of the answer; null while the program has not been asked. */
  at: Instant.nullable(),
  request: InspectionRequest,
});
export type ShownInspection = z.infer<typeof ShownInspection>;
