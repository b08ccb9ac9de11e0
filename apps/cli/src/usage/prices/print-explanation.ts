import type {
  CostBasis,
  UsageEventExplanation,
  UsageEventPart,
} from "@headcount/contract/usage/event-schemas";
import type { Printer } from "../../output/printer.ts";

const why: Readonly<Record<CostBasis, string>> = {
  billed: "it was billed",
  priced: "our price of all of its tokens",
  reported_estimate: "what the CLI estimated; no price covers all of the tokens",
  unpriced: "no price is known, which is not $0",
};

/** One event for people: what it is booked to, what was reported, and the sum of every part. */
export function printExplanation(event: UsageEventExplanation, printer: Printer): void {
  const [first] = event.parts;
  printer.fields([
    ["Event", event.id],
    ["Used", first?.usedAt ?? null],
    ["Task", event.taskId ?? (event.sessionId === null ? null : `session ${event.sessionId}`)],
    ["Issue", event.issue?.name ?? null],
    ["Project", event.project?.name ?? null],
    ["Agent", event.agent?.name ?? null],
    ["Runtime", event.runtime?.name ?? null],
    ["Person", event.member?.name ?? null],
    ["Model", `${event.provider} ${event.model}`],
    ["Source", `${event.source}, ${event.role}, ${event.billingMode}`],
    ["Coverage", event.coverage],
    ["Reported", reportedText(event)],
    ["Our price", event.pricedUsd === null ? "none" : `$${event.pricedUsd}`],
    ["Cache saved", `$${event.cacheSavedUsd}`],
    ["Counts", countedText(event)],
  ]);
  for (const part of event.parts) printPart(part, event.parts.length > 1, printer);
  printCorrections(event, printer);
}

function reportedText({ reported }: UsageEventExplanation): string {
  return reported === null ? "nothing" : `$${reported.costUsd} (${reported.basis})`;
}

function countedText({ countedUsd, parts, billingMode }: UsageEventExplanation): string {
  const reasons = [...new Set(parts.map((part) => why[part.basis]))].join("; ");
  if (countedUsd === null) return reasons;
  const kind = billingMode === "subscription" ? " at list price, under a subscription" : "";
  return `$${countedUsd}${kind}: ${reasons}`;
}

function printPart(part: UsageEventPart, isOneOfSeveral: boolean, printer: Printer): void {
  printer.line("");
  if (isOneOfSeveral) printer.line(`From ${part.usedAt}`);
  if (part.price === null) {
    printer.line(`${part.unpricedTokens} tokens without a known price.`);
    return;
  }
  printer.line(`${shortIdentity(part.price.identity)}${part.isEstimate ? ", an estimate" : ""}`);
  const decimals = Math.max(
    ...[part.pricedUsd, ...part.lines.map((line) => line.amountUsd)].map(decimalsOf),
  );
  const sum = { name: "sum", tokens: part.tokens.total, rate: null, amount: part.pricedUsd };
  const lines = part.lines.map((line) => ({
    name: nameOf(line),
    tokens: line.tokens,
    rate: line.usdPerMillion,
    amount: line.amountUsd,
  }));
  printer.table(
    [...lines, sum],
    [
      { title: "CLASS", value: (line) => line.name, shrinks: true },
      { title: "TOKENS", value: (line) => line.tokens, align: "right" },
      { title: "× $ PER MILLION", value: (line) => line.rate, align: "right" },
      { title: "= $", value: (line) => withDecimals(line.amount, decimals), align: "right" },
    ],
  );
  if (!part.linesAddUp) {
    printer.line("It grew in steps that had different prices; the sum is that of the steps.");
  }
}

/** The workspace's own price is named by its id; the model stands above. */
function shortIdentity(identity: string): string {
  return identity.replace(/^(override:[^:]*):.*$/s, "$1");
}

function decimalsOf(amount: string | null): number {
  return amount?.split(".")[1]?.length ?? 0;
}

/** With as many decimals as the longest amount of the sum, so that the points stand in one line. */
function withDecimals(amount: string | null, decimals: number): string | null {
  if (amount === null || decimals === 0) return amount;
  const point = decimalsOf(amount) === 0 ? "." : "";
  return `${amount}${point}${"0".repeat(decimals - decimalsOf(amount))}`;
}

const classNames: Readonly<Record<UsageEventPart["lines"][number]["tokenClass"], string>> = {
  input: "input",
  cacheRead: "cache read",
  cacheWrite5m: "cache write, 5 min",
  cacheWrite1h: "cache write, 1 h",
  output: "output",
  reasoning: "reasoning",
};

function nameOf({ tokenClass, rateOf }: UsageEventPart["lines"][number]): string {
  const name = classNames[tokenClass];
  return rateOf === null ? name : `${name}, priced as ${classNames[rateOf]}`;
}

const happened = {
  corrected: "corrected; said before",
  repriced: "priced anew; cost before",
  repricing_undone: "that taken back; cost before",
} as const;

function printCorrections({ corrections }: UsageEventExplanation, printer: Printer): void {
  if (corrections.length === 0) return;
  printer.line("");
  for (const one of corrections) {
    const cost = one.pricedUsd === null ? "no price" : `$${one.pricedUsd}`;
    const tokens = one.tokens === null ? "" : `, ${one.tokens.total} tokens`;
    printer.line(`${one.at}  ${happened[one.kind]}: ${cost}${tokens}`);
  }
}
