import { describe, expect, it } from "vitest";
import { runtimeHealth } from "./runtime-health.ts";

const now = new Date("2026-03-10T12:00:00Z");
const before = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

describe("runtimeHealth", () => {
  it.each([
    [0, "online"],
    [44, "online"],
    [45, "recently_lost"],
    [299, "recently_lost"],
    [300, "offline"],
    [6 * 86_400 - 1, "offline"],
    [6 * 86_400, "expiring"],
  ])("a machine silent for %d s is %s", (seconds, health) => {
    const signs = { online: true, lastSeenAt: before(seconds + 60), beatAt: before(seconds) };
    expect(runtimeHealth(signs, now)).toBe(health);
  });

  it("falls back to the durable sign of life", () => {
    const signs = { online: true, lastSeenAt: before(10), beatAt: null };
    expect(runtimeHealth(signs, now)).toBe("online");
  });

  it("does not count the machine's heartbeat for a CLI that is gone from it", () => {
    const signs = { online: false, lastSeenAt: before(3_600), beatAt: before(1) };
    expect(runtimeHealth(signs, now)).toBe("offline");
  });

  it("is never online after a goodbye", () => {
    const signs = { online: false, lastSeenAt: before(1), beatAt: null };
    expect(runtimeHealth(signs, now)).toBe("recently_lost");
  });
});
