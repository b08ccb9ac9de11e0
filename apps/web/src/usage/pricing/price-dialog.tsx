import { prices } from "@headcount/contract/usage/price-routes";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { PriceForm } from "./price-form.tsx";
import { RepriceStep } from "./reprice-step.tsx";
import type { UnpricedName } from "./unpriced-models.ts";

type PriceDialogProps = { readonly name: UnpricedName; readonly onClose: () => void };

/** Two steps: a price for the model from its first use on, then what that changes of what is booked. */
export function PriceDialog({ name, onClose }: PriceDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  // Once all is priced the model is no longer in the list, but its step stays.
  const [isSet, setIsSet] = useState(false);
  const unpriced = useQuery(query(prices.unpriced, { workspace: workspace.id }));
  const found = unpriced.data?.items.find(
    ({ provider, model }) => provider === name.provider && model === name.model,
  );
  const isPriced = isSet || found?.hasPriceNow === true;
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && onClose()}
      title={text.usage.pricing.title({ model: name.model })}
      description={isPriced ? text.usage.pricing.repriceHint : text.usage.pricing.hint}
    >
      {unpriced.isPending && <Skeleton className="h-40 w-full" />}
      {!unpriced.isPending &&
        (isPriced ? (
          <RepriceStep name={name} onBegin={() => setIsSet(true)} onClose={onClose} />
        ) : (
          <PriceForm
            name={name}
            firstUsedAt={found?.firstUsedAt ?? null}
            onSet={() => setIsSet(true)}
            onClose={onClose}
          />
        ))}
    </Dialog>
  );
}
