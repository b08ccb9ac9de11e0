import { defineCommand } from "../../command.ts";
import { invalidUse } from "../../errors/cli-error.ts";
import { parseMoment } from "./parse-moment.ts";

const usd = (summary: string) => ({ value: "USD", summary }) as const;

export const usagePriceSet = defineCommand({
  name: "usage price-set",
  summary: "Give a model a price of the workspace's own, US dollars per million tokens",
  details:
    "It goes before the catalogue's, for usage from its start on. Past usage keeps its price until `headcount usage reprice`. Classes without a price cost what input costs. For admins and owners.",
  route: "prices.set-override",
  format: "table",
  arguments: {
    provider: { summary: "as it is reported; unknown for reports that name none" },
    model: { summary: "exact name, as it is reported" },
  },
  options: {
    in: usd("uncached input"),
    out: usd("output"),
    cacheRead: usd("input read from the cache"),
    cacheWrite: usd("input written to the cache, 5 minutes"),
    cacheWrite1h: usd("input written to the cache, 1 hour"),
    reasoning: usd("reasoning, where it costs another price than output"),
    free: { summary: "nothing at all, e.g. for a model on a machine of your own" },
    from: { value: "TIME", summary: "a day or an instant; now unless stated" },
    until: { value: "TIME", summary: "first moment at which it no longer holds" },
    note: { value: "TEXT", summary: "why, for the team" },
  },
  examples: [
    "headcount usage price-set ollama qwen3:32b --free",
    'headcount usage price-set anthropic claude-opus-4-5 --in 4 --out 20 --cache-read 0.4 --from 2026-11-01 --note "Contract 17"',
  ],
  async run(cli, { argumentValues, options }) {
    const { from, until, note } = options;
    return cli.call("prices.set-override", {
      workspace: await cli.workspace(),
      provider: argumentValues.provider,
      model: argumentValues.model,
      rates: options.free === true ? freeRates(options) : statedRates(options),
      ...(from === undefined ? {} : { startsAt: parseMoment(from) }),
      ...(until === undefined ? {} : { endsAt: parseMoment(until) }),
      ...(note === undefined ? {} : { note }),
    });
  },
  print({ id, provider, model, startsAt, endsAt }, printer) {
    printer.fields([
      ["Price", id],
      ["Provider", provider],
      ["Model", model],
      ["From", startsAt],
      ["Until", endsAt],
    ]);
    printer.hint("Past usage keeps its price until `headcount usage reprice`.");
  },
});

type Stated = {
  readonly [Name in "in" | "out" | "cacheRead" | "cacheWrite" | "cacheWrite1h" | "reasoning"]:
    | string
    | undefined;
};

function freeRates(stated: Stated) {
  if (stated.in !== undefined || stated.out !== undefined) {
    throw invalidUse("A free model has no other price.", "Leave --free out.");
  }
  return { input: "0", output: "0", cacheRead: "0", cacheWrite5m: "0", cacheWrite1h: "0" };
}

function statedRates(stated: Stated) {
  const { in: input, out: output } = stated;
  if (input === undefined || output === undefined) {
    throw invalidUse("A price needs --in and --out.", "Or use --free.");
  }
  return {
    input,
    output,
    cacheRead: stated.cacheRead ?? null,
    cacheWrite5m: stated.cacheWrite ?? null,
    cacheWrite1h: stated.cacheWrite1h ?? null,
    reasoning: stated.reasoning ?? null,
  };
}
