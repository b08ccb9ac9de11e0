import type { UsageBreakdown } from "@headcount/contract/usage/schemas";
import { modelColours, otherColour } from "../charts/series-colour.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { LiveDot } from "../ui/live-dot.tsx";
import { Money } from "../ui/money.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { MoneyFacts } from "./money-facts.tsx";

type UsagePanelProps = { readonly usage: UsageBreakdown; readonly live: boolean };

/** What an issue or task has used: cost and tokens, the four classes, the share of each model. */
export function UsagePanel({ usage, live }: UsagePanelProps) {
  const text = useText();
  const format = useFormat();
  const signed = (tokens: number): string =>
    `${tokens > 0 ? "+" : "−"}${format.number(Math.abs(tokens))}`;
  const { tokens, costUsd } = usage.total;
  const cacheWrite = (BigInt(tokens.cacheWrite5m) + BigInt(tokens.cacheWrite1h)).toString();
  if (BigInt(tokens.total) === 0n) {
    return <p className="text-12 text-faint">{text.runs.nothingUsed}</p>;
  }
  const colours = modelColours(usage.byModel.map(({ model }) => model));
  const classes = [
    [text.runs.tokenClasses.input, tokens.input],
    [text.runs.tokenClasses.cacheRead, tokens.cacheRead],
    [text.runs.tokenClasses.cacheWrite, cacheWrite],
    [text.runs.tokenClasses.output, tokens.output],
  ] as const;
  return (
    <div className="flex flex-col gap-3">
      <p className="figures flex items-baseline gap-2">
        <Money usd={costUsd} className="text-20 font-semibold leading-tight" />
        <Tokens count={tokens.total} className="text-13 text-muted" />
        {live && <LiveDot />}
        <span className="ms-auto text-12 text-faint">{text.runs.coverage[usage.coverage]}</span>
      </p>
      <dl className="grid grid-cols-[1fr_auto] gap-y-0.5 text-12">
        {classes.map(([name, count]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end">
              <Tokens count={count} />
            </dd>
          </div>
        ))}
      </dl>
      <MoneyFacts usage={usage} />
      {usage.drift.map(({ model, tokens }) => (
        <p key={model} className="text-12 text-faint">
          {text.runs.drift({ model, tokens: signed(tokens) })}
        </p>
      ))}
      {usage.byModel.length > 0 && (
        <ShareBar
          label={text.runs.byModel}
          shares={usage.byModel.map((one, index) => ({
            id: `${one.provider} ${one.model}`,
            label: one.model,
            value: Number(one.usage.tokens.total),
            colour: colours[index] ?? otherColour,
          }))}
        />
      )}
    </div>
  );
}
