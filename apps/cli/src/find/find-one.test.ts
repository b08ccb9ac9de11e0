import { expect, test } from "vitest";
import { CliError } from "../errors/cli-error.ts";
import { findOne } from "./find-one.ts";

const ada = { id: "01a1fef1-327c-73d1-b7e3-3273579b4a28", name: "Ada" };
const bob = { id: "01a1fef1-999c-73d1-b7e3-3273579b4a28", name: "Bob" };
const otherBob = { id: "02a1fef1-999c-73d1-b7e3-3273579b4a28", name: "bob" };
const items = [ada, bob, otherBob];

test("names count without case, ids by their beginning", () => {
  expect(findOne(items, "ADA", "agent")).toBe(ada);
  expect(findOne(items, "@ada", "agent")).toBe(ada);
  expect(findOne(items, "01a1fef1-3", "agent")).toBe(ada);
  expect(findOne(items, bob.id, "agent")).toBe(bob);
});

test("what could be several is refused with the candidates, what is nobody with the names", () => {
  expect(() => findOne(items, "Bob", "agent")).toThrow(/Bob \(01a1fef1-999c.*bob \(02a1fef1/);
  expect(() => findOne(items, "01a1fef1", "agent")).toThrow(CliError);
  expect(() => findOne(items, "Eve", "agent")).toThrow('There is no agent "Eve".');
});
