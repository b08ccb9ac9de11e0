import { PageHeader } from "../ui/page-header.tsx";
import { useText } from "../i18n/use-text.ts";
import { DroppedNotice } from "./filters/dropped-notice.tsx";
import { UsageSkeleton } from "./usage-skeleton.tsx";
import { UsageBody } from "./usage-body.tsx";
import { useUsageView } from "./use-usage-view.ts";

/** What the workspace used: figures of a period, how they went, whose they are; live while agents work. */
export function UsagePage() {
  const text = useText();
  const { checked, question, ...view } = useUsageView();
  const dropped = <DroppedNotice dropped={checked.dropped} onDismiss={checked.forget} />;
  if (question === null) {
    return (
      <>
        <PageHeader title={text.usage.title} />
        <UsageSkeleton />
      </>
    );
  }
  return <UsageBody parts={{ ...view, question }} dropped={dropped} />;
}
