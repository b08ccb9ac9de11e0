import { z } from "zod";
import { PriceOverrideId, RepricingId, UserId } from "../kit/ids.ts";
import { Instant, line, sanitizeText, TokenCount, UsdAmount } from "../kit/values.ts";

/** US dollars per million tokens as a decimal string, exact to 1e-6: `"0.075"`; at most 10000. */
export const UsdPerMillion = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,3}|10000(?=$|\.0+$))(?:\.\d{1,6})?$/, {
    error: "is no price in US dollars per million tokens, such as 0.075, of at most 10000.",
  });
export type UsdPerMillion = z.infer<typeof UsdPerMillion>;

/** What tokens of each class cost, US dollars per million. Null: the class has no rate of its own. */
export const PricePerClass = z.object({
  input: UsdPerMillion.nullable(),
  cacheRead: UsdPerMillion.nullable(),
  cacheWrite5m: UsdPerMillion.nullable(),
  cacheWrite1h: UsdPerMillion.nullable(),
  output: UsdPerMillion.nullable(),
  /** Null where reasoning costs what all output costs. */
  reasoning: UsdPerMillion.nullable(),
});
export type PricePerClass = z.infer<typeof PricePerClass>;

/** The price of one model that is in force now. */
export const PriceInForce = z.object({
  basis: z.enum(["catalogue", "override"]),
  overrideId: PriceOverrideId.nullable(),
  /** True where the price is a guess, e.g. the maker's for a model that somebody else serves. */
  isEstimate: z.boolean(),
  /** The base rates, then those of prompts above a size. */
  tiers: z.array(
    z.object({ identity: z.string(), abovePromptTokens: TokenCount, rates: PricePerClass }),
  ),
});
export type PriceInForce = z.infer<typeof PriceInForce>;

export const UsedModelPrice = z.object({
  provider: z.string(),
  model: z.string(),
  tokens: TokenCount,
  events: z.int(),
  lastUsedAt: Instant.nullable(),
  /** Null: the model has no price. */
  price: PriceInForce.nullable(),
});
export type UsedModelPrice = z.infer<typeof UsedModelPrice>;

/** A workspace's own price of a model. It is ended, never changed, so that what it priced stays explained. */
export const PriceOverride = z.object({
  id: PriceOverrideId,
  provider: z.string(),
  model: z.string(),
  rates: PricePerClass,
  startsAt: Instant,
  /** First moment at which it no longer holds. */
  endsAt: Instant.nullable(),
  note: z.string(),
  inForce: z.boolean(),
  createdAt: Instant,
  createdBy: UserId.nullable(),
  endedAt: Instant.nullable(),
  endedBy: UserId.nullable(),
});
export type PriceOverride = z.infer<typeof PriceOverride>;

/** An exact name of a provider or model, as it is reported. */
export const ReportedName = z
  .string()
  .overwrite((value) => sanitizeText(value).trim())
  .min(1)
  .max(200);

export const NewPriceOverride = {
  /** `unknown` for reports that name no provider. */
  provider: ReportedName,
  model: ReportedName,
  rates: z.object({
    input: UsdPerMillion,
    output: UsdPerMillion,
    cacheRead: UsdPerMillion.nullable().default(null),
    cacheWrite5m: UsdPerMillion.nullable().default(null),
    cacheWrite1h: UsdPerMillion.nullable().default(null),
    reasoning: UsdPerMillion.nullable().default(null),
  }),
  /** Now unless stated. An earlier time changes no usage that is booked; pricing anew does. */
  startsAt: Instant.optional(),
  endsAt: Instant.nullable().default(null),
  note: z.union([z.literal(""), line(500)]).default(""),
};

export const UnpricedModel = z.object({
  provider: z.string(),
  model: z.string(),
  /** Tokens that no price covers. */
  tokens: TokenCount,
  /** Events of which no cost is known. */
  events: z.int(),
  /** Start of the quarter of an hour in which it was first used. */
  firstUsedAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  /** Whether there is a price by now, so that pricing anew would give a cost. */
  hasPriceNow: z.boolean(),
});
export type UnpricedModel = z.infer<typeof UnpricedModel>;

/** Which usage to price anew. */
export const repricingFilter = {
  /** Also usage whose cost is known, by our price or by what its CLI has estimated. */
  all: z.boolean().default(false),
  provider: ReportedName.optional(),
  model: ReportedName.optional(),
  /** Time of use, included. */
  from: Instant.optional(),
  /** Time of use, excluded. */
  to: Instant.optional(),
};

/** Rows that change, and what counts of them before and after. Billed and list-price figures apart. */
const repricingSums = {
  events: z.int(),
  tokens: TokenCount,
  costBeforeUsd: UsdAmount,
  costAfterUsd: UsdAmount,
  /** Of usage that a subscription covers. */
  notionalBeforeUsd: UsdAmount,
  notionalAfterUsd: UsdAmount,
};

export const RepricingPreview = z.object({
  ...repricingSums,
  /** Rows that were compared with the price book. */
  examined: z.int(),
  byModel: z.array(
    z.object({
      provider: z.string(),
      model: z.string(),
      /** Identities of the prices that would apply, at most five. */
      prices: z.array(z.string()),
      ...repricingSums,
    }),
  ),
  /** Models that have no price now either. */
  withoutPrice: z.array(
    z.object({ provider: z.string(), model: z.string(), events: z.int(), tokens: TokenCount }),
  ),
  /** Set when there is more: ask again with it and add up. */
  nextCursor: z.string().nullable(),
});
export type RepricingPreview = z.infer<typeof RepricingPreview>;

export const Repricing = z.object({
  id: RepricingId,
  createdAt: Instant,
  createdBy: UserId.nullable(),
  filter: z.object({
    all: z.boolean(),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    from: Instant.nullable(),
    to: Instant.nullable(),
  }),
  ...repricingSums,
  /** `partial`: call again to continue. */
  status: z.enum(["partial", "done", "undoing", "undone"]),
  undoneAt: Instant.nullable(),
  undoneBy: UserId.nullable(),
  /** Rows that undoing left alone, because they had changed since. */
  keptEvents: z.int(),
});
export type Repricing = z.infer<typeof Repricing>;
