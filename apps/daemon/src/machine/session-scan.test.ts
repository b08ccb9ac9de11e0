import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import { SessionScan } from "./session-scan.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), "scan-"));
});
afterEach(() => rm(home, { recursive: true }));

const claude: RuntimeRegistration = {
  cli: "claude",
  cliTitle: "Claude Code",
  version: "2.1.0",
  verified: true,
  coverage: { level: "exact", reason: "" },
  verifiedVersion: null,
  inspection: null,
  problem: null,
  problemDetail: null,
  repairHint: null,
  foundSessions: null,
};

async function put(name: string, day: string): Promise<void> {
  const file = path.join(home, ".claude", "projects", "-w", name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, "");
  await utimes(file, new Date(day), new Date(day));
}

it("announces what was found of each CLI, and asks for that when it is news", async () => {
  let news = 0;
  const scan = new SessionScan({
    environment: { HOME: home },
    onChanged: () => (news += 1),
    log: () => {},
  });
  await scan.scan();
  expect([scan.describe([claude]), news]).toEqual([[claude], 0]);
  await put("first.jsonl", "2025-09-03T10:00:00Z");
  await put("second.jsonl", "2026-11-20T10:00:00Z");
  await put("agent-of-first.jsonl", "2026-11-21T10:00:00Z");
  await scan.scan();
  await scan.scan();
  const codex = { ...claude, cli: "codex" };
  expect(scan.describe([claude, codex])).toEqual([
    {
      ...claude,
      foundSessions: { sessions: 2, firstDay: "2025-09-03", lastDay: "2026-11-21" },
    },
    codex,
  ]);
  expect(news).toBe(1);
});
