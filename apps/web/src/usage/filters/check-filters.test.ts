import { expect, it } from "vitest";
import { checkFilters } from "./check-filters.ts";

const choices = {
  project: [{ value: "p1" }, { value: "none" }],
  agent: [{ value: "a1" }],
  runtime: null,
  member: null,
  model: null,
};

it("what does not exist is dropped and named, the rest stays", () => {
  const wanted = { project: ["p1", "gone"], agent: ["none"] };
  expect(checkFilters(wanted, choices)).toEqual({
    filters: expect.objectContaining({ project: ["p1"], agent: undefined }),
    dropped: [
      { name: "project", value: "gone" },
      { name: "agent", value: "none" },
    ],
  });
});

it("nothing is asked before it is known what exists", () => {
  expect(checkFilters({ model: ["gpt-5"] }, choices).filters).toBeNull();
});

it("what nobody filters by need not be known", () => {
  expect(checkFilters({ project: ["none"] }, choices).dropped).toEqual([]);
  expect(checkFilters({}, choices).filters).not.toBeNull();
});
