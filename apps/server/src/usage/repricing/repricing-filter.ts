import { z } from "zod";

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

export function toRepricingFilter({ all, provider, model, from, to }: Asked): RepricingFilter {
  return {
    all,
    provider: provider?.toLowerCase() ?? null,
    model: model?.toLowerCase() ?? null,
    from: from === undefined ? null : new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
  };
}
