import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import type { Step } from "./build-steps.ts";
import { StepRow } from "./step-row.tsx";
import { TimeMap } from "./time-map.tsx";

type StepListProps = { readonly steps: readonly Step[]; readonly running: boolean };

const estimatedRowPx = 28;
const atEndPx = 40;

/** The steps, one row each. It follows the end until the reader scrolls away from it. */
export function StepList({ steps, running }: StepListProps) {
  const text = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [following, setFollowing] = useState(true);
  const [seen, setSeen] = useState(steps.length);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoises this component
  const virtualizer = useVirtualizer({
    count: steps.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => estimatedRowPx,
    getItemKey: (index) => steps[index]?.id ?? index,
    overscan: 12,
  });
  const toEnd = useCallback(() => {
    setFollowing(true);
    virtualizer.scrollToIndex(steps.length - 1, { align: "end" });
  }, [virtualizer, steps.length]);
  useEffect(() => {
    if (!following || steps.length === 0) return;
    setSeen(steps.length);
    virtualizer.scrollToIndex(steps.length - 1, { align: "end" });
  }, [following, steps.length, virtualizer]);
  const onToggle = useCallback(
    (id: string) =>
      setToggled((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  const fresh = steps.length - seen;
  return (
    <div className="relative flex min-h-0 grow">
      <div
        ref={scroll}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling log is reached by keyboard
        tabIndex={0}
        role="log"
        aria-label={text.runs.transcript}
        aria-live="off"
        className="inset-focus min-w-0 grow overflow-y-auto py-1"
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setFollowing(scrollHeight - scrollTop - clientHeight < atEndPx);
        }}
      >
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const step = steps[item.index];
            if (step === undefined) return null;
            return (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <StepRow
                  step={step}
                  open={opensByItself(step) !== toggled.has(step.id)}
                  onToggle={onToggle}
                  current={running && item.index === steps.length - 1}
                />
              </div>
            );
          })}
        </div>
      </div>
      <TimeMap
        steps={steps}
        onPick={(index) => virtualizer.scrollToIndex(index, { align: "start" })}
      />
      {!following && (
        <Button
          size="small"
          icon={<ArrowDown size={12} />}
          className="absolute! bottom-3 left-1/2 -translate-x-1/2 shadow-float"
          onClick={toEnd}
        >
          {fresh > 0 ? text.runs.newSteps({ count: fresh }) : text.runs.follow}
        </Button>
      )}
    </div>
  );
}

/** Answers and failures are what a reader came for. */
function opensByItself(step: Step): boolean {
  return step.kind === "text" || step.isError;
}
