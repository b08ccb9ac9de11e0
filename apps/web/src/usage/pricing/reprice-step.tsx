import { describeError } from "../../data/describe-error.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { Skeleton } from "../../ui/skeleton.tsx";
import { StateGlyph } from "../../ui/state-glyph.tsx";
import type { UnpricedName } from "./unpriced-models.ts";
import { type RepricePreview, useReprice } from "./use-reprice.ts";

type RepriceStepProps = {
  readonly name: UnpricedName;
  readonly onBegin: () => void;
  readonly onClose: () => void;
};

/** The change before it is made, and the way back after it. */
export function RepriceStep({ name, onBegin, onClose }: RepriceStepProps) {
  const text = useText();
  const words = text.usage.pricing;
  const { preview, reprice, undo } = useReprice(name);
  const error = preview.error ?? reprice.error ?? undo.error;
  const done = undo.data ?? reprice.data;
  return (
    <div className="flex flex-col gap-4">
      {preview.isPending && <Skeleton className="h-16 w-full" />}
      {preview.data !== undefined && done === undefined && <Preview preview={preview.data} />}
      {done !== undefined && (
        <p role="status" className="flex items-center gap-2">
          <StateGlyph state={done.status === "undone" ? "cancelled" : "done"} decorative />
          {done.status === "undone"
            ? words.undone({ count: done.events })
            : words.repriced({ count: done.events, money: formatMoney(done.costAfterUsd) })}
        </p>
      )}
      {error !== null && (
        <p role="alert" className="text-12 text-failed-ink">
          {describeError(error, text)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        {done === undefined ? (
          <>
            <Button onClick={onClose}>{words.later}</Button>
            <Button
              variant="primary"
              busy={reprice.isPending}
              disabled={preview.data === undefined || preview.data.events === 0}
              onClick={() => {
                onBegin();
                reprice.mutate();
              }}
            >
              {words.reprice}
            </Button>
          </>
        ) : (
          <>
            {done.status === "done" && (
              <Button busy={undo.isPending} onClick={() => undo.mutate(done.id)}>
                {words.undo}
              </Button>
            )}
            <Button variant="primary" onClick={onClose}>
              {text.common.done}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}

function Preview({ preview }: { readonly preview: RepricePreview }) {
  const text = useText();
  const format = useFormat();
  const words = text.usage.pricing;
  if (preview.events === 0) return <p className="text-muted">{words.nothingToReprice}</p>;
  const rows = [
    [words.calls, format.number(preview.events)],
    [text.usage.tokens, formatTokens(preview.tokens)],
    [words.costBefore, formatMoney(preview.beforeUsd)],
    [words.costAfter, formatMoney(preview.afterUsd)],
    ...(Number(preview.notionalAfterUsd) > 0
      ? [[text.usage.dashboard.notional, formatMoney(preview.notionalAfterUsd)] as const]
      : []),
  ] as const;
  return (
    <dl className="figures grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 rounded-card border border-line px-3 py-2.5">
      {rows.map(([label, figure]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd className="text-end font-medium">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
