import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { AppError } from "../app-error.ts";
import { authoriseGlobal } from "../authorise.ts";
import type { Principal } from "../context.ts";
import type { HttpParts } from "./http-parts.ts";

/** @throws AppError `not_found` where no workspace has the name, `unauthenticated` for nobody */
export async function requireWorkspaceId(
  parts: HttpParts,
  principal: Principal,
  raw: Record<string, unknown>,
): Promise<WorkspaceId> {
  if (principal.kind === "anonymous") authoriseGlobal("user", principal);
  const named = raw["workspace"];
  const workspaceId = typeof named === "string" ? await parts.findWorkspaceId(named) : null;
  if (workspaceId) return workspaceId;
  throw new AppError("not_found", "No such workspace.", { reason: "workspace.not_found" });
}
