import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { geminiResumeWaitMs } from "./gemini-chat-files.ts";

const sessionId = "3c5746a1-b1af-4d41-bd9f-d58665771fb1";

describe("geminiResumeWaitMs", () => {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "gemini-home-"));
    const chats = join(home, ".gemini/tmp/work/chats");
    mkdirSync(chats, { recursive: true });
    writeFileSync(join(chats, "session-2026-11-21T23-07-3c5746a1.jsonl"), "{}\n");
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const waitAt = (time: string, id = sessionId): number =>
    geminiResumeWaitMs({ environment: { HOME: home } }, id, Date.parse(time));

  it("waits until the minute is over that the session's file is named after", () => {
    expect(waitAt("2026-11-21T23:07:48.000Z")).toBe(12_250);
  });

  it("does not wait in a later minute, nor for another session", () => {
    expect(waitAt("2026-11-21T23:08:00.000Z")).toBe(0);
    expect(waitAt("2026-11-21T23:07:48.000Z", "aaaaaaaa-b1af-4d41-bd9f-d58665771fb1")).toBe(0);
  });
});
