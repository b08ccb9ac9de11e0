import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { startPatience } from "./start-patience.ts";

const log = { warn: vi.fn<() => void>() };
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  log.warn.mockClear();
});

function failing(code: string, times: number): { run: () => Promise<string>; count(): number } {
  let count = 0;
  return {
    async run() {
      count += 1;
      if (count <= times) throw Object.assign(new Error(`write ${code}`), { code });
      return "served";
    },
    count: () => count,
  };
}

it.each(["CONNECT_TIMEOUT", "CONNECTION_CLOSED", "53300", "57P03"])(
  "asks a database again that answers %s",
  async (code) => {
    const step = failing(code, 2);
    const outcome = startPatience(log)(step.run);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toBe("served");
    expect(log.warn).toHaveBeenCalledTimes(2);
  },
);

it.each(["ECONNREFUSED", "28P01", "3D000"])("gives up at once on %s", async (code) => {
  const step = failing(code, 1);
  await expect(startPatience(log)(step.run)).rejects.toMatchObject({ code });
  expect(step.count()).toBe(1);
});

it("waits three minutes in all for the steps of one start", async () => {
  const patiently = startPatience(log);
  const first = patiently(failing("57P03", 200).run);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(await first).toBe("served");
  let hasGivenUp = false;
  const second = patiently(failing("57P03", Infinity).run).catch((error: unknown) => {
    hasGivenUp = true;
    return error;
  });
  await vi.advanceTimersByTimeAsync(79_000);
  expect(hasGivenUp).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(hasGivenUp).toBe(true);
  expect(await second).toMatchObject({ code: "57P03" });
});
