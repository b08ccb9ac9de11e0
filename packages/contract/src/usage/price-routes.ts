import { z } from "zod";
import { PriceOverrideId, RepricingId } from "../kit/ids.ts";
import { route } from "../kit/route.ts";
import { Instant, workspacePath } from "../kit/values.ts";
import {
  NewPriceOverride,
  PriceOverride,
  Repricing,
  repricingFilter,
  RepricingPreview,
  UnpricedModel,
  UsedModelPrice,
} from "./price-schemas.ts";

export const prices = {
  list: route({
    name: "prices.list",
    method: "GET",
    path: "/api/w/:workspace/usage/prices",
    summary: "Every model that was used, with the price in force now",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ catalogueVersion: z.string(), items: z.array(UsedModelPrice) }),
  }),
  unpriced: route({
    name: "prices.unpriced",
    method: "GET",
    path: "/api/w/:workspace/usage/unpriced",
    summary: "Models with tokens that no price covers",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(UnpricedModel) }),
  }),
  overrides: route({
    name: "prices.overrides",
    method: "GET",
    path: "/api/w/:workspace/usage/price-overrides",
    summary: "The workspace's own prices, also those that have ended, newest first",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(PriceOverride) }),
  }),
  setOverride: route({
    name: "prices.set-override",
    method: "POST",
    path: "/api/w/:workspace/usage/price-overrides",
    summary: "Give a model a price of the workspace's own; it goes before the catalogue's",
    access: "admin",
    input: z.object({ ...workspacePath, ...NewPriceOverride }),
    output: PriceOverride,
    reasons: ["price_override.period_empty", "price_override.too_many"],
  }),
  endOverride: route({
    name: "prices.end-override",
    method: "POST",
    path: "/api/w/:workspace/usage/price-overrides/:overrideId/end",
    summary: "End a price of the workspace's own, now or at a stated time",
    access: "admin",
    input: z.object({
      ...workspacePath,
      overrideId: PriceOverrideId,
      /** Now unless stated; a price that has not begun never begins. */
      endsAt: Instant.optional(),
    }),
    output: PriceOverride,
    reasons: ["price_override.already_ended", "price_override.period_empty"],
  }),
  previewReprice: route({
    name: "prices.preview-reprice",
    method: "POST",
    path: "/api/w/:workspace/usage/reprice/preview",
    summary: "What pricing past usage anew would change; changes nothing",
    access: "admin",
    input: z.object({
      ...workspacePath,
      ...repricingFilter,
      cursor: z.string().max(1_000).optional(),
    }),
    output: RepricingPreview,
    reasons: ["repricing.range_empty", "repricing.time_out_of_range"],
  }),
  reprice: route({
    name: "prices.reprice",
    method: "POST",
    path: "/api/w/:workspace/usage/reprice",
    summary:
      "Price past usage anew, some thousand events per call; repeat with `repricingId` while partial",
    access: "admin",
    input: z.object({
      ...workspacePath,
      ...repricingFilter,
      /** Continues what a call began; the filter is then the one that it began with. */
      repricingId: RepricingId.optional(),
    }),
    output: Repricing,
    reasons: ["repricing.undone", "repricing.range_empty", "repricing.time_out_of_range"],
  }),
  repricings: route({
    name: "prices.repricings",
    method: "GET",
    path: "/api/w/:workspace/usage/repricings",
    summary: "Acts of pricing past usage anew, newest first",
    access: "member",
    input: z.object(workspacePath),
    output: z.object({ items: z.array(Repricing) }),
  }),
  undoReprice: route({
    name: "prices.undo-reprice",
    method: "POST",
    path: "/api/w/:workspace/usage/repricings/:repricingId/undo",
    summary: "Take back what pricing anew changed where nothing newer has; repeat while undoing",
    access: "admin",
    input: z.object({ ...workspacePath, repricingId: RepricingId }),
    output: Repricing,
  }),
};
