import { expect, test } from "vitest";
import { catalogue } from "../apps/web/src/i18n/en/catalogue.ts";
import { isTest, sourceFiles } from "./source-files.ts";

const source = sourceFiles("apps/web", [".ts", ".tsx"])
  .filter((file) => !isTest(file) && !/\/i18n\/(en|zh-Hans)\//.test(file.path))
  .map(({ text }) => text)
  .join("\n");

const namesOf = (pattern: RegExp): ReadonlySet<string> =>
  new Set([...source.matchAll(pattern)].map(([, ...names]) => names.join(".")));

/** `group.text`, as it is read in one go. */
const read = namesOf(/\b(\w+)(?=\s*[?!]?\.\s*(\w+))/g);
/** What is handed on under another name or taken apart: `const words = text.group;`, `{ group }`. */
const handedOn = namesOf(/\b(\w+)\b(?!\s*[?!]?\.\s*\w)/g);
/** `group[key]`, also under another name: `const words = text.group;`, `words[key]` */
const indexed = new Set(namesOf(/\b(\w+)\[/g));
for (const [, name = "", group = ""] of source.matchAll(/\b(\w+)\s*=[\s\w.()]*\.(\w+);/g)) {
  if (indexed.has(name)) indexed.add(group);
}
const readOfAnything = namesOf(/\.\s*(\w+)/g);
const takenOut = namesOf(/[{,]\s*(\w+)(?=\s*[,:}])/g);

/**
 * Errs on the side of use: a group that is only ever handed on is looked up with keys from elsewhere, and where it is
 * read under another name, that name is anybody's. So it is in groups of which one is looked up.
 */
function unusedIn(texts: object, group: string, picked: "by name" | "by key"): readonly string[] {
  const isLookedUp =
    indexed.has(group) ||
    (handedOn.has(group) && !Object.keys(texts).some((name) => read.has(`${group}.${name}`)));
  const isUsed = (name: string): boolean =>
    isLookedUp ||
    read.has(`${group}.${name}`) ||
    ((picked === "by key" || handedOn.has(group)) &&
      (readOfAnything.has(name) || takenOut.has(name)));
  return Object.entries(texts).flatMap(([name, text]: [string, unknown]) => {
    if (typeof text !== "object" || text === null) return isUsed(name) ? [] : [name];
    return unusedIn(text, name, indexed.has(group) ? "by key" : "by name").map(
      (path) => `${name}.${path}`,
    );
  });
}

test("every text of the catalogues is shown somewhere", () => {
  expect(unusedIn(catalogue, "text", "by name")).toEqual([]);
});
