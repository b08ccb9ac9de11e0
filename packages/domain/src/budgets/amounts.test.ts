import { expect, it } from "vitest";
import { formatAmount, parseAmount } from "./amounts.ts";
import { amountText, describeStanding } from "./describe-standing.ts";

it.each([
  ["billed_usd", "12.5", 12_500_000_000_000n],
  ["notional_usd", "0.000000000001", 1n],
  ["tokens", "2000000", 2_000_000n],
  ["tasks", "3", 3n],
  ["hours", "1.5", 5_400_000n],
] as const)("%s: %s", (unit, text, amount) => {
  expect(parseAmount(unit, text)).toEqual({ ok: true, value: amount });
  expect(formatAmount(unit, amount)).toBe(text);
});

it("refuses parts of tokens and tasks, and more decimals than are kept", () => {
  expect(parseAmount("tokens", "1.5")).toEqual({ ok: false, reason: "budget.whole_numbers" });
  expect(parseAmount("tasks", "0.1")).toEqual({ ok: false, reason: "budget.whole_numbers" });
  expect(parseAmount("billed_usd", "0.0000000000001")).toMatchObject({ ok: false });
});

it("reads as a sentence, and never says that more is used than is", () => {
  const limit = 5_000_000_000_000n;
  expect(describeStanding({ unit: "billed_usd", spent: 5_019_900_000_000n, limit })).toBe(
    "US$5.01 of US$5.00 are used.",
  );
  expect(amountText("billed_usd", 1_234n * 10n ** 9n)).toBe("US$1.23");
  expect(amountText("billed_usd", 420_000_000n)).toBe("US$0.00042");
  expect(amountText("tokens", 1_234_567n)).toBe("1,234,567 tokens");
  expect(amountText("hours", 5_400_000n)).toBe("1.50 hours");
});
