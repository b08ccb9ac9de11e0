import { Link } from "@tanstack/react-router";
import { useText } from "../i18n/use-text.ts";
import { Money } from "../ui/money.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { spendDays } from "./use-spend-by.ts";

type SpendLinkProps = {
  readonly of: "member" | "project";
  readonly id: string;
  readonly name: string;
  /** Null where nothing of it has a price; undefined where nothing was used, or while it loads. */
  readonly usd: string | null | undefined;
};

/** What somebody or something cost in the last 30 days; leads to its usage. */
export function SpendLink({ of, id, name, usd }: SpendLinkProps) {
  const text = useText();
  const { slug } = useWorkspace();
  if (usd === undefined) return <span className="text-faint">—</span>;
  return (
    <Link
      to="/$slug/usage"
      params={{ slug }}
      search={{ [of]: [id], days: spendDays }}
      className="relative z-10 hover:underline"
    >
      <span className="sr-only">{text.usageLists.work.last30Of({ name })} </span>
      <Money usd={usd} className="text-muted" />
    </Link>
  );
}
