import type { HealthCheck } from "@headcount/contract/server/routes";
import type { GlobalContext } from "../platform/context.ts";

/** What a check has found out; `fix` says what to do when it is not ok. */
export type Finding =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly detail: string; readonly fix: string };

export type Check = {
  readonly name: string;
  /** May throw; that is a finding as well. */
  readonly run: (ctx: GlobalContext) => Promise<Finding>;
  /** What to do when the check itself breaks. */
  readonly fix: string;
};

export const fine = (detail: string): Finding => ({ ok: true, detail });

export const broken = (detail: string, fix: string): Finding => ({ ok: false, detail, fix });

/** Runs one check; a broken check is a finding and stops no other. */
export async function runCheck(ctx: GlobalContext, check: Check): Promise<HealthCheck> {
  const finding = await check
    .run(ctx)
    .catch((error: unknown) => broken(describe(error), check.fix));
  return {
    name: check.name,
    ok: finding.ok,
    detail: finding.detail,
    fix: finding.ok ? "" : finding.fix,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
