import { expect, test } from "vitest";
import { catalogue as english } from "./en/catalogue.ts";
import { catalogue as chinese } from "./zh-Hans/catalogue.ts";

type Leaf = { readonly path: string; readonly value: unknown };

function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, path ? `${path}.${key}` : key),
  );
}

const englishLeaves = leavesOf(english, "");
const chineseLeaves = leavesOf(chinese, "");

test("both languages have exactly the same keys, and each is the same kind of text", () => {
  const kinds = (leaves: readonly Leaf[]) =>
    leaves.map((leaf) => `${leaf.path}: ${typeof leaf.value}`).toSorted();
  expect(kinds(chineseLeaves)).toEqual(kinds(englishLeaves));
});

test("no text is empty, padded or left in English in the Chinese catalogue", () => {
  const texts = chineseLeaves.filter((leaf) => typeof leaf.value === "string");
  expect(texts.length).toBeGreaterThan(50);
  for (const { path, value } of [...texts, ...englishLeaves]) {
    if (typeof value !== "string") continue;
    expect(value.trim(), path).toBe(value);
    expect(value, path).not.toBe("");
  }
  const untranslated = texts.filter((leaf) => !/\p{Script=Han}/u.test(String(leaf.value)));
  expect(untranslated.map((leaf) => leaf.path)).toEqual([]);
});

test("texts with parameters put every parameter into the sentence in both languages", () => {
  const marks = new Proxy(
    {},
    { get: (_target, name) => (name === "count" || name === "value" ? 7 : `«${String(name)}»`) },
  );
  const functions = [...englishLeaves, ...chineseLeaves].filter(
    (leaf) => typeof leaf.value === "function",
  );
  for (const { path, value } of functions) {
    const sentence = (value as (parameters: unknown) => string)(marks);
    expect(sentence, path).not.toContain("undefined");
    expect(/7|«/.test(sentence), `${path}: ${sentence}`).toBe(true);
  }
});
