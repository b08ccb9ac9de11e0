import { Maximize, Minimize } from "lucide-react";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { connectionStore } from "../realtime/connection-store.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { LiveDot } from "../ui/live-dot.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { UsageFilters } from "../usage/filters/usage-filters.tsx";
import type { LiveView } from "./live-search.ts";

type LiveHeaderProps = {
  readonly view: LiveView;
  /** When what is shown was read. */
  readonly asOf: string | null;
  /** The last attempt to read it anew has failed. */
  readonly isStale: boolean;
};

export function LiveHeader({ view, asOf, isStale }: LiveHeaderProps) {
  const text = useText();
  const isWall = view.search.wall === true;
  return (
    <PageHeader
      title={text.live.title}
      facts={<Freshness asOf={asOf} isStale={isStale} />}
      actions={
        <>
          <UsageFilters search={view.search} change={view.change} />
          <IconButton
            label={isWall ? text.live.leaveWall : text.live.wall}
            onClick={() => view.change({ wall: isWall ? undefined : true })}
          >
            {isWall ? <Minimize size={16} /> : <Maximize size={16} />}
          </IconButton>
        </>
      }
    />
  );
}

/** A steady dot while figures are those of now; in amber until when they were, while they are not. */
function Freshness({ asOf, isStale }: Pick<LiveHeaderProps, "asOf" | "isStale">) {
  const text = useText();
  const format = useFormat();
  const state = connectionStore((store) => store.state);
  if (asOf === null) return null;
  if (state === "offline" || isStale) {
    return (
      <span role="status" className="figures text-12 text-waiting-ink">
        {text.live.stale({ time: format.full(new Date(asOf)) })}
      </span>
    );
  }
  return <LiveDot />;
}
