import type { InputOf } from "@headcount/contract/kit/route";
import type { prices } from "@headcount/contract/usage/price-routes";
import type { Repricing, RepricingPreview } from "@headcount/contract/usage/price-schemas";
import type { Cli } from "../../cli.ts";
import { defineCommand } from "../../command.ts";
import { formatCost } from "../../output/format-cost.ts";
import { formatCount } from "../../output/format-count.ts";
import { addPreviews } from "./add-previews.ts";
import { parseMoment } from "./parse-moment.ts";
import { printPreview } from "./print-preview.ts";

type Filter = Omit<InputOf<typeof prices.previewReprice>, "cursor">;

export const usageReprice = defineCommand({
  name: "usage reprice",
  summary: "Price past usage anew: shows what would change, asks, and does it",
  details:
    "Only what has no cost unless --all. Everything is priced as of its time of use. It is done in steps, can be stopped at any moment, and taken back with `headcount usage reprice-undo`. For admins and owners.",
  route: "prices.reprice",
  format: "table",
  options: {
    model: { value: "NAME", summary: "only this model, by its exact name" },
    provider: { value: "NAME", summary: "only this provider" },
    from: { value: "TIME", summary: "only what was used since a day or an instant" },
    to: { value: "TIME", summary: "only what was used before a day or an instant" },
    all: { summary: "also what has a cost, priced or estimated by its CLI" },
    dryRun: { summary: "only show what would change" },
  },
  examples: [
    "headcount usage reprice --dry-run",
    "headcount usage reprice --model qwen3:32b --yes",
    "headcount usage reprice --all --from 2026-11-01",
  ],
  async run(cli, { options }) {
    const { model, provider, from, to } = options;
    const filter: Filter = {
      workspace: await cli.workspace(),
      all: options.all ?? false,
      ...(model === undefined ? {} : { model }),
      ...(provider === undefined ? {} : { provider }),
      ...(from === undefined ? {} : { from: parseMoment(from) }),
      ...(to === undefined ? {} : { to: parseMoment(to) }),
    };
    const preview = await readPreview(cli, filter);
    if (options.dryRun === true || preview.events === 0) return { preview, repricing: null };
    for (const line of previewLines(preview)) cli.hint(line);
    await cli.confirm(`Events to price anew: ${preview.events}. Go on?`);
    return { preview, repricing: await repriceAll(cli, filter, preview.events) };
  },
  print({ preview, repricing }, printer) {
    if (repricing === null) return printPreview(preview, printer);
    const { id, events, costBeforeUsd, costAfterUsd } = repricing;
    const cost = `${formatCost(costBeforeUsd)} → ${formatCost(costAfterUsd)}`;
    printer.line(`Events priced anew: ${events}, ${cost}.`);
    printer.hint(`Take it back with \`headcount usage reprice-undo ${id}\`.`);
  },
});

async function readPreview(cli: Cli, filter: Filter): Promise<RepricingPreview> {
  let sum = await cli.call("prices.preview-reprice", filter);
  while (sum.nextCursor !== null) {
    const next = { ...filter, cursor: sum.nextCursor };
    sum = addPreviews(sum, await cli.call("prices.preview-reprice", next));
    cli.hint(`Events compared: ${sum.examined}.`);
  }
  return sum;
}

async function repriceAll(cli: Cli, filter: Filter, expected: number): Promise<Repricing> {
  let state = await cli.call("prices.reprice", filter);
  while (state.status === "partial") {
    cli.hint(`Events priced anew: ${state.events} of ${expected}.`);
    const { workspace } = filter;
    state = await cli.call("prices.reprice", { workspace, repricingId: state.id });
  }
  return state;
}

function previewLines({ byModel }: RepricingPreview): readonly string[] {
  return byModel.map((one) => {
    const cost = `${formatCost(one.costBeforeUsd)} → ${formatCost(one.costAfterUsd)}`;
    const isNotional = one.notionalBeforeUsd !== "0" || one.notionalAfterUsd !== "0";
    const notional = `${formatCost(one.notionalBeforeUsd)} → ${formatCost(one.notionalAfterUsd)}`;
    const tokens = formatCount(one.tokens);
    const list = isNotional ? `, list price of subscriptions ${notional}` : "";
    return `${one.provider} ${one.model}: events ${one.events}, tokens ${tokens}, ${cost}${list}`;
  });
}
