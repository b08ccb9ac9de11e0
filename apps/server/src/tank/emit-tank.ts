import type { UserId } from "@headcount/contract/kit/ids";
import type { ChangeDataOf } from "@headcount/contract/realtime/changes";
import type { NewChange, WorkspaceContext } from "../platform/context.ts";
import type { TankState } from "./read-tanks.ts";

type TankChange = "tank.filled" | "tank.settings" | "tank.low" | "tank.empty";
type Owned = Pick<TankState, "budgetId" | "memberId">;

/** Says what happened to a tank; a personal one concerns its person and the admins, who ask for it. */
export function emitTank<T extends TankChange>(
  ctx: WorkspaceContext,
  type: T,
  { budgetId, memberId }: Owned,
  data: Omit<ChangeDataOf<T>, "memberId">,
): void {
  const change = {
    type,
    entity: { kind: "tank", id: budgetId },
    data: { memberId, ...data },
    audience: audienceOf(memberId),
  };
  // The data is that of the type, which the compiler cannot follow through the union.
  ctx.emit(change as unknown as NewChange);
}

const audienceOf = (memberId: UserId | null): NewChange["audience"] =>
  memberId === null ? { kind: "workspace" } : { kind: "members", ids: [memberId] };
