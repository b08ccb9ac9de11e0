import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { CoverageBadge } from "../runtimes/coverage-badge.tsx";
import { SignInNote } from "../runtimes/sign-in-note.tsx";
import { VerifiedNote } from "../runtimes/verified-note.tsx";

/** What to know about a program before an agent is given to it. */
export function RuntimeFacts({ runtime }: { readonly runtime: Runtime | undefined }) {
  if (runtime === undefined) return null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {runtime.cliVersion !== null && (
          <span className="figures text-12 text-muted">
            {runtime.cliTitle} {runtime.cliVersion}
          </span>
        )}
        <VerifiedNote runtime={runtime} />
        <CoverageBadge coverage={runtime.coverage} />
      </div>
      <SignInNote runtime={runtime} />
    </div>
  );
}
