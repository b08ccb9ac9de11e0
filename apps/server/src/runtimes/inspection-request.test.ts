import { describe, expect, it } from "vitest";
import { inspectionRequest } from "./inspection-request.ts";

const now = new Date("2026-11-21T12:00:00Z");
const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

describe("the wish to ask a program anew", () => {
  it.each([
    ["nobody has asked", null, null, "none"],
    ["its machine has not heard of it", ago(30), null, "pending"],
    ["its machine did not hear of it in time", ago(31), null, "failed"],
    ["its machine is at it", ago(80), ago(60), "running"],
    ["its machine did not answer in time", ago(80), ago(61), "failed"],
    ["it failed a while ago", ago(700), ago(690), "none"],
  ])("%s", (_case, inspectionRequestedAt, inspectionPickedAt, state) => {
    expect(inspectionRequest({ inspectionRequestedAt, inspectionPickedAt }, now)).toBe(state);
  });
});
