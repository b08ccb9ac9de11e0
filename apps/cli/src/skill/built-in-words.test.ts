import { expect, test } from "vitest";
import { readBuiltIns } from "@headcount/server/skills/built-in/read-built-ins";
import { catalogue } from "../catalogue.ts";
import { flagName } from "../parse-command.ts";

/** `headcount issue list --status todo` out of the texts; a flag alone stands for every command. */
const spoken = /`headcount ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)([^`]*)`/g;

test("the skill that teaches the command line names commands and flags that exist", async () => {
  const commands = new Map(catalogue.flatMap((group) => Object.entries(group.commands)));
  const [builtIn] = await readBuiltIns();
  if (!builtIn) throw new Error("There is no skill");
  const texts = [builtIn.shown.instructions, ...builtIn.shown.files.map((file) => file.content)];
  const named: string[] = [];
  for (const [whole, words = "", rest = ""] of texts.flatMap((text) => [
    ...text.replaceAll("\n", " ").matchAll(spoken),
  ])) {
    // What stands behind the name of a command may be its argument.
    const known = words.split(" ").map((_, index, all) => all.slice(0, index + 1).join(" "));
    const name = known.toReversed().find((candidate) => commands.has(candidate));
    expect([whole, name]).toEqual([whole, expect.any(String)]);
    const command = await commands.get(name ?? "")?.();
    const flags = Object.entries(command?.options ?? {}).map(([key, spec]) => flagName(key, spec));
    for (const [flag] of rest.matchAll(/--[a-z-]+/g)) {
      expect([whole, [...flags, "--output", "--help"]]).toEqual([
        whole,
        expect.arrayContaining([flag]),
      ]);
    }
    named.push(name ?? "");
  }
  expect(new Set(named).size).toBeGreaterThan(12);
});
