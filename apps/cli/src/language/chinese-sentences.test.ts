import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import path from "node:path";
import { expect, test } from "vitest";
import { chineseSentences } from "./chinese-sentences.ts";
import { translate } from "./translate.ts";

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

test("values are carried over in their order, unknown sentences stay", () => {
  expect(translate("No answer from http://h: refused.", "zh-Hans")).toBe(
    "http://h 没有响应：refused。",
  );
  expect(translate("No answer from http://h: refused.", "en")).toBe(
    "No answer from http://h: refused.",
  );
  expect(translate("Something else.", "zh-Hans")).toBe("Something else.");
});
