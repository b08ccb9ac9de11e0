import type { TokenCount } from "@headcount/contract/kit/values";
import { useState } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { formatTokens } from "../../ui/format-tokens.ts";
import { later } from "../../ui/later.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { Notice } from "../notice.tsx";
import type { UsageQuestion } from "../usage-view.ts";
import { type UnpricedName, useUnpricedModels } from "./unpriced-models.ts";

const PriceDialog = later(async () => (await import("./price-dialog.tsx")).PriceDialog);

type UnpricedNoticeProps = {
  readonly tokens: TokenCount;
  readonly question: UsageQuestion;
};

/** Tokens that no price covers, and for administrators the way to give them one. */
export function UnpricedNotice({ tokens, question }: UnpricedNoticeProps) {
  const text = useText();
  const format = useFormat();
  const { role } = useWorkspace();
  const models = useUnpricedModels(question, BigInt(tokens) > 0n ? "some" : "none");
  const [pricing, setPricing] = useState<UnpricedName | null>(null);
  return (
    <>
      {BigInt(tokens) > 0n && (
        <Notice
          title={text.usage.unpricedTitle({ tokens: formatTokens(tokens) })}
          hint={
            models.length === 0
              ? ""
              : text.usage.unpricedHint({
                  models: format.list([...new Set(models.map(({ model }) => model))]),
                })
          }
          action={
            role === "member" ? (
              <span className="shrink-0 text-12 text-faint">{text.usage.pricing.askAdmin}</span>
            ) : (
              <span className="flex min-w-0 flex-wrap gap-1.5">
                {models.slice(0, mostButtons).map((name) => (
                  <Button
                    key={`${name.provider} ${name.model}`}
                    size="small"
                    className="max-w-full"
                    title={text.usage.pricing.open({ model: name.model })}
                    onClick={() => setPricing(name)}
                  >
                    {text.usage.pricing.open({ model: name.model })}
                  </Button>
                ))}
              </span>
            )
          }
        />
      )}
      {pricing !== null && <PriceDialog name={pricing} onClose={() => setPricing(null)} />}
    </>
  );
}

/** One click each; further models come up when these have a price. */
const mostButtons = 3;
