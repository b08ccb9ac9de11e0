import { WorkspaceSlug } from "@headcount/contract/workspaces/schemas";
import { expect, test } from "vitest";
import { prefixOf, slugOf } from "./slug-of.ts";

test("a slug made from a name is one that the server takes", () => {
  for (const name of ["Northwind", "Café & Söhne GmbH", "  A  b  ", "x".repeat(80), "R&D / Ops"]) {
    expect(WorkspaceSlug.safeParse(slugOf(name)).success, name).toBe(true);
  }
  expect(slugOf("Café & Söhne GmbH")).toBe("cafe-sohne-gmbh");
});

test("a name without Latin letters leaves the address to the person", () => {
  expect(slugOf("北风科技")).toBe("");
});

test("prefixes are initials, or the first letters of a single word", () => {
  expect(prefixOf("northwind")).toBe("NOR");
  expect(prefixOf("north-wind-labs")).toBe("NWL");
  expect(prefixOf("")).toBe("");
});
