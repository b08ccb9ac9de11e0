import { expect, test } from "vitest";
import type { BooksBounds } from "@headcount/contract/usage/books-schemas";
import { countProgress } from "../../output/count-progress.ts";
import { planSlices } from "./plan-slices.ts";
import { askedDays, type SliceOptions, sleepMs } from "./slice-options.ts";

const nothing: SliceOptions = {
  from: undefined,
  to: undefined,
  monthsBack: undefined,
  sleepBetweenSlices: undefined,
};
const bounds: BooksBounds = {
  from: "2026-10-30",
  to: "2026-11-03",
  months: ["2026-09", "2026-10", "2026-11"],
  archivedMonths: [],
};
const everything = { from: null, to: null };

test("without a range everything is gone through: meters by month, whole UTC days, then budgets", () => {
  expect(askedDays(nothing, "2026-11-21")).toEqual(everything);
  expect(planSlices(bounds, everything)).toEqual([
    { metersOf: "2026-09" },
    { metersOf: "2026-10" },
    { metersOf: "2026-11" },
    { from: "2026-10-30", to: "2026-10-31" },
    { from: "2026-10-31", to: "2026-11-01" },
    { from: "2026-11-01", to: "2026-11-02" },
    { from: "2026-11-02", to: "2026-11-03" },
    { budgets: true },
  ]);
  expect(planSlices({ from: null, to: null, months: [], archivedMonths: [] }, everything)).toEqual([
    { budgets: true },
  ]);
});

test("a range has its last day in it, and the meters of tasks that ran into it", () => {
  const asked = askedDays({ ...nothing, from: "2026-11-01", to: "2026-11-01" }, "2026-11-21");
  expect(planSlices(bounds, asked)).toEqual([
    { metersOf: "2026-10" },
    { metersOf: "2026-11" },
    { from: "2026-11-01", to: "2026-11-02" },
  ]);
  const beyond = askedDays({ ...nothing, from: "2027-01-01" }, "2026-11-21");
  expect(planSlices(bounds, beyond)).toEqual([{ budgets: true }]);
});

test("months back begin with a whole month and include this one", () => {
  const back = (monthsBack: number) => askedDays({ ...nothing, monthsBack }, "2026-11-21");
  expect(back(1)).toEqual({ from: "2026-11-01", to: null });
  expect(back(12)).toEqual({ from: "2025-12-01", to: null });
});

test("what is no range or duration is refused with what to write instead", () => {
  const refused: Partial<SliceOptions>[] = [
    { from: "2026-02-30" },
    { from: "1.11.2026" },
    { from: "2026-11-02", to: "2026-11-01" },
    { monthsBack: 2, from: "2026-11-01" },
  ];
  for (const options of refused) {
    expect(() => askedDays({ ...nothing, ...options }, "2026-11-21")).toThrow(
      expect.objectContaining({ exitCode: 5 }),
    );
  }
  expect(sleepMs({ ...nothing, sleepBetweenSlices: "200ms" })).toBe(200);
  expect(() => sleepMs({ ...nothing, sleepBetweenSlices: "soon" })).toThrow("is no duration");
});

test("progress is one line on a terminal, cut to its width, and nothing elsewhere", () => {
  let written = "";
  const at = (columns: number, isTerminal: boolean) =>
    countProgress(
      {
        global: { quiet: false },
        io: {
          environment: { LANG: "C" },
          stderr: { isTerminal, columns, write: (text: string) => (written += text) },
        },
      } as unknown as Parameters<typeof countProgress>[0],
      4,
    );
  at(0, false).show(1, "2026-11-01");
  expect(written).toBe("");
  const progress = at(40, true);
  progress.show(1, "2026-11-01, 0 differences so far");
  expect(written).toBe(`\r\u{1B}[K${"######".padEnd(24)}  25% 2026-11-01`);
  progress.end();
  expect(written.endsWith("\r\u{1B}[K")).toBe(true);
});
