import { dateIn } from "@headcount/domain/usage/query/local-time";
import { CalendarRange } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { Popover } from "../../ui/popover.tsx";
import type { AskedRange } from "../use-range.ts";
import { dateOf } from "../zone-dates.ts";
import { rangeProblem } from "./range-problem.ts";

type CustomRangeProps = {
  readonly range: AskedRange;
  readonly tz: string;
  readonly isInForce: boolean;
  /** Days of the zone, both included. */
  readonly onChange: (from: string, to: string) => void;
};

/** Two days to choose; while they are in force the button says which. */
export function CustomRange({ range, tz, isInForce, onChange }: CustomRangeProps) {
  const text = useText();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const first = format.date(dateOf(tz, range.fromMs));
  const last = format.date(dateOf(tz, range.toMs - 1));
  const words = text.usage.dashboard;
  const inForce = first === last ? first : words.span({ from: first, to: last });
  return (
    <Popover
      label={words.custom}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          icon={<CalendarRange size={14} />}
          className={isInForce ? "border-accent! text-accent-ink!" : "max-tablet:gap-0"}
        >
          {isInForce ? inForce : <span className="max-tablet:sr-only">{words.custom}</span>}
        </Button>
      }
    >
      <RangeForm
        range={range}
        tz={tz}
        onChange={(from, to) => {
          setOpen(false);
          onChange(from, to);
        }}
      />
    </Popover>
  );
}

function RangeForm({ range, tz, onChange }: Omit<CustomRangeProps, "isInForce">) {
  const text = useText();
  const words = text.usage.dashboard;
  const today = dateIn(tz, range.nowMs);
  const [from, setFrom] = useState(dateIn(tz, range.fromMs));
  const [to, setTo] = useState(dateIn(tz, range.toMs - 1));
  const problem = rangeProblem(from, to);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) onChange(from, to);
      }}
    >
      <div className="flex gap-2">
        <Field label={words.from}>
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              max={today}
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
        <Field label={words.to}>
          {(control) => (
            <Input
              {...control}
              type="date"
              required
              max={today}
              value={to}
              onChange={(event) => setTo(event.target.value)}
            />
          )}
        </Field>
      </div>
      <p className="text-12 text-faint" role={problem === null ? undefined : "alert"}>
        {problem === null ? text.usage.zone({ zone: tz }) : words.rangeProblem[problem]}
      </p>
      <Button type="submit" variant="primary" disabled={problem !== null}>
        {words.showRange}
      </Button>
    </form>
  );
}
