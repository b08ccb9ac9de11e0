import type { Change } from "@headcount/domain/usage/chart/change-of";
import type { ReactNode } from "react";
import { Sparkline } from "../../charts/sparkline.tsx";
import { ChangeMark } from "./change-mark.tsx";

type KpiTileProps = {
  readonly label: string;
  readonly figure: ReactNode;
  readonly note: string | null;
  readonly change: Change | null;
  readonly before: string;
  /** Course of the figure over the period. */
  readonly course: readonly number[];
  readonly courseLabel: string;
  readonly lastIsPartial: boolean;
  readonly hint: string;
  readonly onOpen: () => void;
};

/** One figure of the period, how it has changed and how it went. It opens the tasks behind it. */
export function KpiTile(props: KpiTileProps) {
  const { label, figure, note, change, before, course, courseLabel, lastIsPartial } = props;
  return (
    <button
      type="button"
      title={props.hint}
      onClick={props.onOpen}
      className="inset-focus flex min-w-0 flex-col items-start gap-0.5 bg-ground px-4 py-3 text-start transition-colors duration-120 hover:bg-hover"
    >
      <span className="text-12 text-muted">{label}</span>
      <span className="flex w-full flex-wrap items-baseline gap-x-2">
        <span className="text-20 font-semibold tracking-tight">{figure}</span>
        {change !== null && <ChangeMark change={change} before={before} />}
      </span>
      <span className="min-h-4 max-w-full truncate text-12 text-faint">{note}</span>
      <span className="mt-auto max-w-full overflow-hidden pt-1">
        <Sparkline
          label={courseLabel}
          values={course}
          width={128}
          height={22}
          lastIsPartial={lastIsPartial}
        />
      </span>
    </button>
  );
}
