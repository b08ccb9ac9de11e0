import type { OutputOf } from "@headcount/contract/kit/route";
import { prices } from "@headcount/contract/usage/price-routes";
import type { ApiError } from "@headcount/client/api-error";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";
import { useMutation, useQuery } from "@tanstack/react-query";
import { sendCommand } from "../../data/use-command.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { UnpricedName } from "./unpriced-models.ts";

type Page = OutputOf<typeof prices.previewReprice>;
type Repricing = OutputOf<typeof prices.reprice>;

/** What pricing anew would change, over all pages of the answer. */
export type RepricePreview = {
  readonly events: number;
  readonly tokens: bigint;
  readonly beforeUsd: string;
  readonly afterUsd: string;
  /** Usage that a subscription covers. */
  readonly notionalAfterUsd: string;
};

/** Prices anew what a model has used: what it would change, the act itself, and taking it back. */
export function useReprice(name: UnpricedName) {
  const { id: workspace } = useWorkspace();
  const filter = { workspace, provider: name.provider, model: name.model };
  const preview = useQuery<RepricePreview, ApiError>({
    queryKey: ["reprice-preview", workspace, name],
    queryFn: () => readPreview(filter),
    gcTime: 0,
  });
  const reprice = useMutation<Repricing, ApiError>({
    mutationFn: async () => {
      let step = await sendCommand(prices.reprice, filter);
      while (step.status === "partial") {
        step = await sendCommand(prices.reprice, { ...filter, repricingId: step.id });
      }
      return step;
    },
  });
  const undo = useMutation<Repricing, ApiError, Repricing["id"]>({
    mutationFn: async (repricingId) => {
      let step = await sendCommand(prices.undoReprice, { workspace, repricingId });
      while (step.status === "undoing") {
        step = await sendCommand(prices.undoReprice, { workspace, repricingId });
      }
      return step;
    },
  });
  return { preview, reprice, undo };
}

type Filter = UnpricedName & { readonly workspace: string };

async function readPreview(filter: Filter): Promise<RepricePreview> {
  const pages: Page[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await sendCommand(prices.previewReprice, { ...filter, ...(cursor && { cursor }) });
    pages.push(page);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const sum = (usdOf: (page: Page) => string): string =>
    formatUsd(pages.reduce((total, page) => total + picoOf(usdOf(page)), 0n));
  return {
    events: pages.reduce((total, { events }) => total + events, 0),
    tokens: pages.reduce((total, { tokens }) => total + BigInt(tokens), 0n),
    beforeUsd: sum((page) => page.costBeforeUsd),
    afterUsd: sum((page) => page.costAfterUsd),
    notionalAfterUsd: sum((page) => page.notionalAfterUsd),
  };
}

function picoOf(usd: string): bigint {
  const pico = parseUsd(usd);
  if (!pico.ok) throw new Error(`No amount of money: ${usd}`);
  return pico.value;
}
