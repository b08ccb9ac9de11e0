import type { UserId } from "@headcount/contract/kit/ids";
import type { GlobalContext } from "../platform/context.ts";
import { AppError } from "../platform/app-error.ts";

/** The signed-in person; routes with access `user` always have one. */
export function currentUserId(ctx: Pick<GlobalContext, "principal">): UserId {
  if (ctx.principal.kind === "user") return ctx.principal.userId;
  throw new AppError("unauthenticated", "Sign in first.");
}
