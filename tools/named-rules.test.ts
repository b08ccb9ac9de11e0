import { describe, expect, it } from "vitest";
import { isTest, sourceFiles } from "./source-files.ts";

/**
 * First and last number of each group of rules that holds today and must be proven by name. Of rule
 * 1 only the expiry is: without schedules nothing piles up work by itself.
 */
const provenRules: readonly (readonly [what: string, first: number, last: number])[] = [
  ["queue, claim, lease", 1, 17],
  ["reporting, failure, resume", 18, 33],
  ["comments that reach a run", 34, 37],
  ["comments that meet", 48, 50],
  ["daemon and environment of agents", 51, 69],
  ["leases over crashes and cut lines", 101, 106],
  ["quota with a known reset", 123, 123],
  ["loop guards", 128, 128],
];

/** Rules about what the product does not have. Each goes from here with the first test of its kind. */
const withoutSubject: Readonly<Record<number, string>> = {
  30: "there are no chats",
  63: "daemons do not replace their own program",
};

const lastRule = 130;

const provenScenarios = ["A", "B", "C", "D", "F", "G", "H", "I", "J"];
const scenariosWithoutSubject: Readonly<Record<string, string>> = { E: "there are no schedules" };

const testFiles = ["apps", "packages", "tests", "tools"]
  .flatMap((folder) => sourceFiles(folder, [".test.ts", ".test.tsx"]))
  .filter(isTest);

/** Titles are texts that begin with the numbers of their rules; skipped tests prove nothing. */
const titles = testFiles.flatMap(({ text }) =>
  [...text.matchAll(/(?<!\.(?:skip|todo|fails)\()["'`]((?:INV-\d+ )+)/g)].map(
    ([, numbers = ""]) => numbers,
  ),
);
const named = new Set(
  titles.flatMap((title) => [...title.matchAll(/INV-(\d+)/g)].map(([, number]) => Number(number))),
);
const scenarios = new Set(
  testFiles.flatMap(({ text }) =>
    [...text.matchAll(/["'`]scenario ([A-J]): /g)].map(([, letter = ""]) => letter),
  ),
);

describe("rules that must have a test of their name", () => {
  it.each(provenRules)("%s: %i to %i", (_what, first, last) => {
    const rules = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const unproven = rules.filter((rule) => !named.has(rule) && !(rule in withoutSubject));
    expect(unproven).toEqual([]);
  });

  it("what has a test has a subject", () => {
    expect(Object.keys(withoutSubject).filter((rule) => named.has(Number(rule)))).toEqual([]);
    expect(Object.keys(scenariosWithoutSubject).filter((one) => scenarios.has(one))).toEqual([]);
  });

  it("no test names a rule that does not exist", () => {
    expect([...named].filter((rule) => rule < 1 || rule > lastRule)).toEqual([]);
  });

  it("every scenario is played", () => {
    expect([...scenarios].toSorted()).toEqual(provenScenarios);
  });
});
