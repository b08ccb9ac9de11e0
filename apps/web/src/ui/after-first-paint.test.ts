import { expect, test } from "vitest";
import { afterFirstPaint, firstPageIsPainted } from "./after-first-paint.ts";

test("loads wait for the first page, run once, and a failed one disturbs nobody", async () => {
  const ran: string[] = [];
  const load = (name: string) => async () => {
    ran.push(name);
    if (name === "broken") throw new Error("no network");
  };
  afterFirstPaint(load("broken"));
  afterFirstPaint(load("menu"));
  expect(ran).toEqual([]);
  firstPageIsPainted();
  firstPageIsPainted();
  expect(ran).toEqual(["broken", "menu"]);
  afterFirstPaint(load("late"));
  await Promise.resolve();
  expect(ran).toEqual(["broken", "menu", "late"]);
});
