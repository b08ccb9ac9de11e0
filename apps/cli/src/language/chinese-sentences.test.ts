import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { expect, test } from "vitest";
import { budgetActions } from "@headcount/contract/budgets/words";
import { noticeTypes } from "@headcount/contract/notices/words";
import { describeNotice, type NoticeCause } from "@headcount/domain/notices/describe-notice";
import { describeRunaway } from "@headcount/domain/runaway/describe-runaway";
import { chineseSentences } from "./chinese-sentences.ts";
import { fits, translate, translateSentences } from "./translate.ts";

const sources = fileURLToPath(new URL("..", import.meta.url));

/** Sentences that the program's own errors, hints and questions are made of, `${…}` as `{}`. */
function ownSentences(): readonly string[] {
  const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(file),
  );
  const calls =
    /(?:new CliError\(|invalidUse\(|refuse\(|nextStep:|cli\.hint\(|printer\.hint\(|confirm\()\s*(["'`])((?:\\.|(?!\1).)*)\1/gsu;
  return files.flatMap((file) =>
    [...readFileSync(path.join(sources, file), "utf8").matchAll(calls)].map((match) =>
      (match[2] ?? "").replaceAll(/\$\{[^}]*\}/g, "{}").replaceAll(/\\(.)/g, "$1"),
    ),
  );
}

test("INV-125 every sentence of the program's own errors, hints and questions has its Chinese one", () => {
  const known = new Set(chineseSentences.map(([english]) => english));
  const own = ownSentences().filter((sentence) => /[a-z]/.test(sentence.replaceAll("{}", "")));
  expect(own.length).toBeGreaterThan(50);
  expect([...new Set(own)].filter((sentence) => !known.has(sentence))).toEqual([]);
});

test("INV-125 both languages leave the same number of places for values", () => {
  const places = (text: string): number => text.split("{}").length;
  for (const [english, chinese] of chineseSentences) {
    expect([english, places(chinese)]).toEqual([english, places(english)]);
  }
});

test("INV-125 no sentence is taken for another one", () => {
  const values = ["alpha", "beta b", "7"];
  for (const [english] of chineseSentences) {
    let used = 0;
    const said = english.replaceAll("{}", () => values[used++ % values.length] ?? "");
    const [first] = chineseSentences.find(([template]) => fits(template, said)) ?? [];
    expect(first).toBe(english);
  }
});

test("INV-125 whatever people are told of has its Chinese sentences", () => {
  const budget = {
    name: "Team month",
    unit: "billed_usd",
    action: "stop",
    spent: 5_000_000_000_000n,
    limit: 5_000_000_000_000n,
    resetsAt: "2026-12-01T00:00:00.000Z",
  } as const;
  const { detail } = describeRunaway("Coder", {
    kind: "velocity",
    velocity: { measure: "tokens", recent: 9_000_000n, usual: 1_000n },
  });
  const kind = "velocity";
  const causes: readonly NoticeCause[] = [
    { type: "budget_threshold", budget, percent: 80 },
    ...budgetActions.map((action) => ({
      type: "budget_exhausted" as const,
      budget: { ...budget, action },
    })),
    { type: "budget_lifted", budget: { ...budget, resetsAt: null } },
    { type: "tank_low", tank: { ...budget, spent: 1n }, percentLeft: 10 },
    { type: "tank_empty", tank: budget },
    { type: "agent_held", agentName: "Coder", kind, detail, facts: {} },
  ];
  expect(new Set(causes.map(({ type }) => type))).toEqual(new Set(noticeTypes));
  for (const { title, body } of causes.map(describeNotice)) {
    for (const text of [title, body]) {
      const words = translateSentences(text, "zh-Hans").replaceAll(/`[^`]*`/g, "");
      expect(words.replaceAll(/Team month|Coder|US\$|tokens|T|Z/g, "")).not.toMatch(/[A-Za-z]/);
    }
  }
  expect(translateSentences("US$5.00 of US$6.00 are used. Nothing is held.", "zh-Hans")).toBe(
    "已使用 US$5.00，上限 US$6.00。不会暂停任何工作。",
  );
});

test("values are carried over in their order, unknown sentences stay", () => {
  expect(translate("No answer from http://h: refused.", "zh-Hans")).toBe(
    "http://h 没有响应：refused。",
  );
  expect(translate("No answer from http://h: refused.", "en")).toBe(
    "No answer from http://h: refused.",
  );
  expect(translate("Something else.", "zh-Hans")).toBe("Something else.");
});
