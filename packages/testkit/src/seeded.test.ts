import { expect, it } from "vitest";
import { seeded } from "./seeded.ts";

it("gives the numbers of its seed, whatever else is drawn, so that a failing run can be repeated", () => {
  // From another implementation of the same generator.
  const first = { 0: 0.26642920868471265, 1: 0.6270739405881613, 114: 0.44312578276731074 };
  for (const [seed, number] of Object.entries(first)) {
    expect(seeded(Number(seed)).next()).toBe(number);
  }
  const [one, other] = [seeded(7), seeded(7)];
  seeded(8).next();
  const draw = ({ below, pick, chance }: typeof one): unknown => [
    below(100),
    pick(["a", "b", "c"]),
    chance(0.5),
  ];
  expect(Array.from({ length: 50 }, () => draw(one))).toEqual(
    Array.from({ length: 50 }, () => draw(other)),
  );
});

it("stays below its end, and has nothing to pick from nothing", () => {
  const random = seeded(3);
  const drawn = Array.from({ length: 1_000 }, () => random.below(5));
  expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4]));
  expect(() => random.pick([])).toThrow("Nothing to pick from");
});
