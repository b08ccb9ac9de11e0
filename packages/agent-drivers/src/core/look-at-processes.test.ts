import { expect, it } from "vitest";
import { lookAtProcesses } from "./look-at-processes.ts";

it("is shared by those who ask before it is taken, and by nobody after", async () => {
  const [first, second] = [lookAtProcesses(), lookAtProcesses()];
  const look = await first;
  expect(await second).toBe(look);
  expect(await lookAtProcesses()).not.toBe(look);
  expect(look.entries.map(({ pid }) => pid)).toContain(process.pid);
});
