import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findIssueKeys } from "./find-issue-keys.ts";
import { findNamedIssues, mostNamedIssues } from "./find-named-issues.ts";

const prefixes = new Set(["ENG", "OLD1"]);
const none = { branch: null, title: null, body: null };

describe("keys in a text", () => {
  it.each([
    ["ENG-1", ["ENG-1"]],
    ["eng-1-fix-login", ["ENG-1"]],
    ["alice/Eng-12_b", ["ENG-12"]],
    ["[ENG-1](https://x.test/w/acme/issues/ENG-1), (ENG-2).", ["ENG-1", "ENG-1", "ENG-2"]],
    ["ENG-1/ENG-2 ENG-3,ENG-4", ["ENG-1", "ENG-2", "ENG-3", "ENG-4"]],
    ["xENG-1 éENG-1 ENG-1x ENG-1é ENG-01 ENG-0 ENG- -1 ENG_1 ENG -1", ["XENG-1"]],
    ["ENG-12 ends with a point. So does ENG-13.", ["ENG-12", "ENG-13"]],
    ["release-1.5", []],
    ["ENG-2147483648 ENG-2147483647", ["ENG-2147483647"]],
    ["ELEVENLETTER-1", []],
  ])("%s", (text, expected) => {
    const found = findIssueKeys(text).map(({ prefix, number }) => `${prefix}-${number}`);
    expect(found).toEqual(expected);
  });

  it.each([
    "closes ENG-1",
    "Fixes: ENG-1",
    "RESOLVED [ENG-1](https://x.test)",
    "fix:ENG-1",
    "(closed ENG-1)",
  ])("%s closes", (text) => {
    expect(findIssueKeys(text)[0]?.isClosed).toBe(true);
  });

  it.each([
    "closing ENG-1",
    "encloses ENG-1",
    "closes the issue ENG-1",
    "closesENG-1",
    "closes\n\nENG-1",
    "close, ENG-1",
    "fixme ENG-1",
  ])("%s does not", (text) => {
    expect(findIssueKeys(text).some(({ prefix, isClosed }) => prefix === "ENG" && isClosed)).toBe(
      false,
    );
  });

  it("finds a key among any others, and none inside of a longer word", () => {
    const separator = fc.constantFrom(" ", "/", "_", "-", ".", ":", "(", "\n", "ü ", " 漢字");
    const numbers = fc.array(fc.tuple(fc.integer({ min: 1, max: 9_999 }), separator));
    fc.assert(
      fc.property(numbers, (list) => {
        // A point before a digit would be a version; a letter before the key another word.
        const text = list.map(([number, after]) => `ENG-${number}${after} `).join("");
        const found = findIssueKeys(text).map(({ number }) => number);
        expect(found).toEqual(
          list.filter(([, after]) => !after.startsWith("ü")).map(([number]) => number),
        );
      }),
    );
  });
});

describe("issues that a pull request names", () => {
  it("are worked on where branch or title names them, in any case, by any prefix there was", () => {
    expect(
      findNamedIssues(
        { ...none, branch: "feature/eng-7-login", title: "OLD1-3: new login (UTF-8)" },
        prefixes,
      ),
    ).toEqual([
      { number: 7, inName: true, inBody: null },
      { number: 3, inName: true, inBody: null },
    ]);
  });

  it("are mentioned where only the body does, unless a closing word stands directly before", () => {
    const body =
      "Like ENG-1.\n\nFixes ENG-2, ENG-3\n> closes ENG-4\n\n<!-- closes ENG-5 -->`ENG-6`";
    expect(findNamedIssues({ ...none, body, branch: "eng-3" }, prefixes)).toEqual([
      { number: 3, inName: true, inBody: "mentioned" },
      { number: 2, inName: false, inBody: "linked" },
      { number: 1, inName: false, inBody: "mentioned" },
    ]);
  });

  it("are linked when one of several places in the body closes them", () => {
    expect(findNamedIssues({ ...none, body: "ENG-1 … closes eng-1 … ENG-1" }, prefixes)).toEqual([
      { number: 1, inName: false, inBody: "linked" },
    ]);
  });

  it("are no more than a title can mean, and hostile texts are read in a moment", () => {
    const keys = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => `ENG-${from + at}`).join(" ");
    const named = findNamedIssues(
      { branch: "eng-1", title: keys(1, 10_000), body: keys(20_000, 10_000) },
      prefixes,
    );
    expect(named).toHaveLength(mostNamedIssues);
    expect(named[49]).toEqual({ number: 50, inName: true, inBody: null });
    for (const part of ["<!--", "closes ", "ENG-1", "fix   [", "1-1-", "> ", "`", "A"]) {
      const text = part.repeat(10_000_000 / part.length);
      expect(
        findNamedIssues({ branch: null, title: text.slice(0, 100_000), body: text }, prefixes)
          .length,
      ).toBeLessThanOrEqual(1);
    }
  });
});
