import type { Change } from "@headcount/domain/usage/chart/change-of";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";

type ChangeMarkProps = {
  readonly change: Change;
  /** The figure of the period before, in words. */
  readonly before: string;
};

/** Beyond this a percentage says less than how many times as much it is. */
const timesFrom = 9;

/** How a figure compares with the period before. Not coloured: more is neither good nor bad by itself. */
export function ChangeMark({ change, before }: ChangeMarkProps) {
  const text = useText();
  const format = useFormat();
  const hint = text.usage.dashboard.before({ figure: before });
  if (change.kind === "nothing" || change.kind === "unknown") return null;
  if (change.kind === "new") {
    return (
      <span className="text-12 text-faint" title={hint}>
        {text.usage.dashboard.newFigure}
      </span>
    );
  }
  const { ratio } = change;
  const size = Math.abs(ratio);
  const amount =
    ratio >= timesFrom
      ? text.usage.dashboard.times({ value: format.number(Math.round(ratio + 1)) })
      : format.percent(size);
  return (
    <span className="figures whitespace-nowrap text-12 text-muted" title={hint}>
      <span aria-hidden="true">
        {arrowOf(ratio)} {amount}
      </span>
      <span className="sr-only">{sentenceOf(text.usage.dashboard, ratio, amount)}</span>
    </span>
  );
}

type Sentences = {
  readonly more: (parts: { amount: string }) => string;
  readonly less: (parts: { amount: string }) => string;
  readonly same: string;
};

function sentenceOf(sentences: Sentences, ratio: number, amount: string): string {
  if (Math.abs(ratio) < 0.005) return sentences.same;
  return ratio > 0 ? sentences.more({ amount }) : sentences.less({ amount });
}

function arrowOf(ratio: number): string {
  if (Math.abs(ratio) < 0.005) return "=";
  return ratio > 0 ? "▲" : "▼";
}
