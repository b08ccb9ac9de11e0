import { expect, it } from "vitest";
import { faultyRates, noRates, toRates } from "./typed-rates.ts";

it("input and output have to be prices, cache classes may be left out", () => {
  expect(faultyRates(noRates)).toEqual(["input", "output"]);
  expect(faultyRates({ ...noRates, input: "3", output: "0" })).toEqual([]);
  expect(faultyRates({ ...noRates, input: "3,5", output: "15", cacheRead: "-1" })).toEqual([
    "input",
    "cacheRead",
  ]);
});

it("what is left out takes the rate of what contains it", () => {
  expect(toRates({ ...noRates, input: " 3 ", output: "15", cacheRead: "0.3" })).toEqual({
    input: "3",
    output: "15",
    cacheRead: "0.3",
    cacheWrite5m: null,
    cacheWrite1h: null,
    reasoning: null,
  });
});
