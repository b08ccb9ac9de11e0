import { expect, test } from "vitest";
import { LockBusy, NamedMutex } from "./mutex.ts";

test("whose turn does not come in time does nothing, and holds nobody up", async () => {
  const mutex = new NamedMutex();
  const long = Promise.withResolvers<string>();
  const first = mutex.run("a", () => long.promise);
  const done: string[] = [];
  const late = mutex.runWithin("a", { waitMs: 1 }, async () => done.push("late"));
  await expect(late).rejects.toBeInstanceOf(LockBusy);
  const stop = new AbortController();
  const waiting = { waitMs: 60_000, signal: stop.signal };
  const stopped = mutex.runWithin("a", waiting, async () => done.push("stopped"));
  stop.abort();
  await expect(stopped).rejects.toBeInstanceOf(LockBusy);
  const patient = mutex.runWithin("a", { waitMs: 60_000 }, async () => done.push("patient"));
  await mutex.runWithin("b", { waitMs: 60_000 }, async () => done.push("other"));
  long.resolve("over");
  expect(await first).toBe("over");
  await patient;
  expect(done).toEqual(["other", "patient"]);
});

test("an operation that fails passes its turn on", async () => {
  const mutex = new NamedMutex();
  const failed = mutex.runWithin("a", { waitMs: 60_000 }, () => Promise.reject(new Error("no")));
  const next = mutex.runWithin("a", { waitMs: 60_000 }, async () => "next");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("next");
});
