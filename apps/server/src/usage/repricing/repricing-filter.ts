import { z } from "zod";
import { AppError } from "../../platform/app-error.ts";

/** Which usage is priced anew; names and bounds that are null exclude nothing. */
export const RepricingFilter = z.object({
  /** Also usage whose cost is known, by our price or by what its CLI has estimated. */
  all: z.boolean(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  from: z.iso.datetime().nullable(),
  to: z.iso.datetime().nullable(),
});
export type RepricingFilter = z.infer<typeof RepricingFilter>;

type Asked = {
  readonly all: boolean;
  readonly provider?: string | undefined;
  readonly model?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** @throws AppError for a range without any time in it */
export function toRepricingFilter({ all, provider, model, from, to }: Asked): RepricingFilter {
  if (from !== undefined && to !== undefined && new Date(from) >= new Date(to)) {
    throw new AppError("invalid", "The range ends before it begins. State a later end.", {
      reason: "repricing.range_empty",
    });
  }
  return {
    all,
    provider: provider?.toLowerCase() ?? null,
    model: model?.toLowerCase() ?? null,
    from: from === undefined ? null : toInstant(from),
    to: to === undefined ? null : toInstant(to),
  };
}

/** In UTC, whose year may have one digit more than the one that was written. */
function toInstant(text: string): string {
  const instant = z.iso.datetime().safeParse(new Date(text).toISOString());
  if (instant.success) return instant.data;
  throw new AppError("invalid", `There is no usage at ${text}. State another time.`, {
    reason: "repricing.time_out_of_range",
  });
}
