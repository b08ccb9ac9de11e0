import { tank } from "@headcount/contract/tank/routes";
import { viewerOf } from "../agents/viewer.ts";
import { query } from "../platform/command.ts";
import { isAdmin } from "./list-entries.ts";
import { readTanks } from "./read-tanks.ts";
import { toTank } from "./to-tank.ts";

/** What is left, exact at the commit that is read: in the workspace's tank and the caller's own. */
export const getBalance = query(tank.balance, async (ctx) => {
  const viewer = viewerOf(ctx);
  const maySeeAll = isAdmin(ctx);
  const visible = (await readTanks(ctx, "everybody's")).filter(
    ({ memberId }) => memberId === null || maySeeAll || memberId === viewer?.userId,
  );
  const tanks = await Promise.all(visible.map((state) => toTank(ctx, state)));
  const of = (memberId: string | null | undefined) =>
    tanks.find((one) => one.memberId === memberId) ?? null;
  return {
    workspace: of(null),
    personal: viewer === null ? null : of(viewer.userId),
    members: maySeeAll ? tanks.filter((one) => one.memberId !== null) : [],
  };
});
