import { expect, test } from "vitest";
import { idColours, modelColours } from "./series-colour.ts";

test("members of a family share its colour and differ in shade, whatever their order", () => {
  const [opus, sonnet, gpt] = modelColours(["claude-opus-4-5", "claude-sonnet-4-5", "gpt-5"]);
  expect(opus).toBe("var(--series-2)");
  expect(sonnet).toContain("var(--series-2)");
  expect(sonnet).not.toBe(opus);
  expect(gpt).toBe("var(--series-3)");
  expect(modelColours(["gpt-5", "claude-sonnet-4-5", "claude-opus-4-5"])).toEqual([
    gpt,
    sonnet,
    opus,
  ]);
});

test("an id has its colour alone and beside others that have another", () => {
  const [alone] = idColours(["0190a"]);
  expect(idColours(["0190b", "0190a"])[1]).toBe(alone);
  const all = idColours(["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
  expect(new Set(all).size).toBe(9);
});
