import { books } from "@headcount/contract/usage/books-routes";
import { recountBudgets } from "../../budgets/recount-budgets.ts";
import { AppError } from "../../platform/app-error.ts";
import { command } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { correctMeters } from "../ledger/store-meters.ts";
import { foldWholeTail } from "../rollups/fold-tail.ts";
import { lockSums } from "../rollups/lock-sums.ts";
import { setWrongSums } from "../rollups/store.ts";
import { askedParts } from "./asked-parts.ts";
import { comparedDays } from "./compare-days.ts";
import { comparedMeters } from "./compare-meters.ts";
import { type BooksPart, compareParts } from "./find-differences.ts";
import { findMissingMeters } from "./find-missing-meters.ts";
import { type BooksFacts, readBooksFacts } from "./read-bounds.ts";
import { readVerification } from "./read-verification.ts";
import { mendStrayMeters } from "./stray-meters.ts";
import { verifyDay } from "./verify-day.ts";
import { forgetWrongMinutes } from "./wrong-minutes.ts";

/**
 * Repairs a part of the books while usage is booked and read. Each part is right when its
 * transaction commits, whatever the others are; doing it again, or twice at once, changes nothing.
 */
export const rebuildUsage = command(books.rebuild, async (ctx, input) => {
  const parts = askedParts(input);
  if (parts.length === 0) {
    throw new AppError("invalid", "Say which days, which month's meters, or budgets to rebuild.", {
      reason: "usage.part_required",
    });
  }
  // Budgets count the ledger itself, so recounting them moves no sums.
  if (parts.some((part) => part.kind !== "budgets")) {
    await lockSums(ctx);
    await foldWholeTail(ctx);
  }
  // A move or a new zone takes the buckets for right that lie beneath a day which is right.
  const found = await compareParts(ctx, parts, "days");
  if (found.differences.length === 0) return { ...found, repaired: 0 };
  const facts = await readBooksFacts(ctx);
  let repaired = 0;
  for (const part of parts) repaired += await repairPart(ctx, part, facts);
  await lookAgain(ctx);
  ctx.emit({ type: "usage.rebuilt", entity: { kind: "workspace", id: ctx.workspaceId }, data: {} });
  const { from, to, metersOf, budgets } = input;
  await ctx.audit({
    action: "usage.rebuilt",
    target: ctx.workspaceId,
    details: { from, to, metersOf, budgets, repaired, differences: found.differences.slice(0, 20) },
  });
  return { ...found, repaired };
});

/** Ends the alarm of the nightly comparison when this has repaired what it found. */
async function lookAgain(ctx: WorkspaceContext): Promise<void> {
  const kept = await readVerification(ctx);
  if (kept && kept.differences > 0) await verifyDay(ctx, kept.fromDay);
}

async function repairPart(
  ctx: WorkspaceContext,
  part: BooksPart,
  facts: BooksFacts,
): Promise<number> {
  const missing = await findMissingMeters(ctx, part);
  if (missing.length > 0) {
    throw new AppError(
      "conflict",
      `Events name meters that are gone: ${missing.join(", ")}. Bring them back from a backup first.`,
      { reason: "usage.meter_missing", details: { meters: missing } },
    );
  }
  if (part.kind === "days") {
    const repaired = await setWrongSums(ctx, comparedDays(ctx, part.range, facts, "days"));
    return repaired + (await forgetWrongMinutes(ctx, part.range));
  }
  if (part.kind === "budgets") return recountBudgets(ctx);
  const corrected = await correctMeters(ctx, comparedMeters(ctx, part.month, facts));
  return corrected + (await mendStrayMeters(ctx, part.month));
}
