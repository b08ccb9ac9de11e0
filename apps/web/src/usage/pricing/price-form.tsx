import { prices } from "@headcount/contract/usage/price-routes";
import type { TypedRates } from "@headcount/domain/usage/estimate-price";
import { useState } from "react";
import { describeError } from "../../data/describe-error.ts";
import { useCommand } from "../../data/use-command.ts";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { PriceEstimate } from "./price-estimate.tsx";
import { faultyRates, noRates, toRates, type RateName } from "./typed-rates.ts";
import type { UnpricedName } from "./unpriced-models.ts";

type PriceFormProps = {
  readonly name: UnpricedName;
  /** From when on the price holds, so that everything that was used can be priced. */
  readonly firstUsedAt: string | null;
  readonly onSet: () => void;
  readonly onClose: () => void;
};

const fields = ["input", "output", "cacheRead", "cacheWrite5m", "cacheWrite1h"] as const;

/** Dollars per million tokens of each class, with what they come to for the tokens that are booked. */
export function PriceForm({ name, firstUsedAt, onSet, onClose }: PriceFormProps) {
  const text = useText();
  const format = useFormat();
  const words = text.usage.pricing;
  const workspace = useWorkspace();
  const [typed, setTyped] = useState<TypedRates>(noRates);
  const [isTried, setIsTried] = useState(false);
  const set = useCommand(prices.setOverride, { onSuccess: onSet });
  const faulty = faultyRates(typed);
  const errorOf = (field: RateName): string | null => {
    const isShown = faulty.includes(field) && (isTried || typed[field] !== "");
    return isShown ? words.noPrice : null;
  };
  const submit = () => {
    setIsTried(true);
    if (faulty.length > 0) return;
    set.mutate({
      workspace: workspace.id,
      ...name,
      rates: toRates(typed),
      ...(firstUsedAt === null ? {} : { startsAt: firstUsedAt }),
    });
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-13">
        <dt className="text-muted">{words.model}</dt>
        <dd className="truncate font-medium">{name.model}</dd>
        <dt className="text-muted">{words.provider}</dt>
        <dd className="truncate">{name.provider}</dd>
        {firstUsedAt !== null && (
          <>
            <dt className="text-muted">{words.since}</dt>
            <dd>{format.date(new Date(firstUsedAt))}</dd>
          </>
        )}
      </dl>
      <div className="grid grid-cols-2 gap-3 tablet:grid-cols-3">
        {fields.map((field) => (
          <Field
            key={field}
            label={words.rates[field]}
            error={errorOf(field)}
            hint={field === "input" || field === "output" ? undefined : text.common.optional}
          >
            {(control) => (
              <Input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                placeholder={field === "input" ? "3.00" : ""}
                className="figures"
                value={typed[field]}
                onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <PriceEstimate name={name} firstUsedAt={firstUsedAt} typed={typed} />
      {set.isError && (
        <p role="alert" className="text-12 text-failed-ink">
          {describeError(set.error, text)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{text.common.cancel}</Button>
        <Button type="submit" variant="primary" busy={set.isPending}>
          {words.set}
        </Button>
      </div>
    </form>
  );
}
