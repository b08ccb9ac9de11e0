import type { UsageFigures } from "@headcount/contract/usage/query-schemas";
import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Money } from "../ui/money.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type SpendLinkProps = {
  readonly of: "member" | "project";
  readonly id: string;
  readonly name: string;
  /** Undefined where nothing was used, or while it loads. */
  readonly figures: UsageFigures | undefined;
};

/** What somebody or something cost in the last 30 days; leads to its usage. */
export function SpendLink({ of, id, name, figures }: SpendLinkProps) {
  const text = useText();
  const { slug } = useWorkspace();
  if (figures === undefined) return <span className="text-faint">—</span>;
  return (
    <Link
      to="/$slug/usage"
      params={{ slug }}
      search={{ [of]: [id], days: 30 }}
      className="relative z-10 hover:underline"
    >
      <span className="sr-only">{text.usageLists.work.last30Of({ name })} </span>
      <Money usd={moneyOf(figures)} className="text-muted" />
    </Link>
  );
}

function moneyOf({ cost = null }: UsageFigures): string | null {
  return cost === null ? null : String(cost);
}
