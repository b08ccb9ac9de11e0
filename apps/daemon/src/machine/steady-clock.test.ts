import { expect, test } from "vitest";
import { createSteadyClock } from "./steady-clock.ts";

const day = 86_400_000;

function makeClock(): {
  readonly now: () => number;
  set(wallMs: number): void;
  run(ms: number): void;
  sleep(ms: number): void;
} {
  const time = { wall: 1_000_000, running: 70, uptime: 5_000 };
  const now = createSteadyClock({
    wallMs: () => time.wall,
    runningMs: () => time.running,
    // As coarse as some systems give it.
    uptimeMs: () => Math.floor(time.uptime / 1_000) * 1_000,
  });
  const advance = (ms: number, ran: number): void => {
    time.wall += ms;
    time.uptime += ms;
    time.running += ran;
  };
  return {
    now,
    set: (wallMs) => (time.wall = wallMs),
    run: (ms) => advance(ms, ms),
    sleep: (ms) => advance(ms, 0),
  };
}

test("INV-69 setting the clock by days, either way, moves nothing", () => {
  const clock = makeClock();
  const before = clock.now();
  clock.set(before + 2 * day);
  expect(clock.now()).toBe(before);
  clock.set(before - 20 * day);
  clock.run(1_500);
  expect(clock.now()).toBe(before + 1_500);
});

test("time that the machine sleeps counts", () => {
  const clock = makeClock();
  const before = clock.now();
  clock.run(400);
  clock.sleep(3 * day);
  clock.run(600);
  expect(clock.now()).toBe(before + 3 * day + 1_000);
});

test("it never goes back", () => {
  const clock = makeClock();
  let last = clock.now();
  for (let step = 0; step < 200; step += 1) {
    if (step % 17 === 0) clock.sleep(7_300);
    clock.run(130);
    expect(clock.now()).toBeGreaterThanOrEqual(last);
    last = clock.now();
  }
});
