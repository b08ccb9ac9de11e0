import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { FoundSessionsOffer } from "./found-sessions-offer.tsx";
import { noFilters } from "./filters/check-filters.ts";
import { defaultDays } from "./to-question.ts";
import { usageFilterNames } from "./usage-search.ts";
import { UsagePicture } from "./usage-picture.tsx";
import type { UsageView } from "./usage-view.ts";

type UsageEmptyProps = { readonly view: UsageView; readonly reply: UsageQueryReply };

/** A period without usage: because of the filters, or because nothing ran yet. */
export function UsageEmpty({ view: { search, change }, reply }: UsageEmptyProps) {
  const text = useText();
  const isFiltered = usageFilterNames.some((name) => search[name] !== undefined);
  if (isFiltered) {
    return (
      <EmptyState
        title={text.usage.dashboard.emptyFiltered}
        picture={<UsagePicture />}
        action={<Button onClick={() => change(noFilters)}>{text.common.clearFilters}</Button>}
      />
    );
  }
  return (
    <EmptyState
      title={reply.asOf === null ? text.usage.emptyTitle : text.usage.emptyPeriod}
      hint={text.usage.emptyHint}
      picture={<UsagePicture />}
      action={reply.asOf === null && <FoundSessionsOffer />}
      command={`headcount usage daily --days ${search.days ?? defaultDays}`}
    />
  );
}
