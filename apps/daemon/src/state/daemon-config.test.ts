import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { readDaemonConfig, type DaemonConfig } from "./daemon-config.ts";

async function configOf(environment: Record<string, string>): Promise<DaemonConfig> {
  await using folder = await temporaryDirectory();
  const server = { HEADCOUNT_SERVER_URL: "http://127.0.0.1:1" };
  return await readDaemonConfig(folder.path, { ...server, ...environment });
}

test("limits of runs are the rows' own unless this machine sets them", async () => {
  expect(await configOf({})).toMatchObject({
    idleMs: undefined,
    handshakeMs: undefined,
    progressMs: undefined,
    idleInToolMs: 7_200_000,
    taskTimeoutMs: null,
  });
  const set = {
    HEADCOUNT_IDLE_TIMEOUT: "45m",
    HEADCOUNT_TOOL_TIMEOUT: "4h",
    HEADCOUNT_HANDSHAKE_TIMEOUT: "90s",
    HEADCOUNT_PROGRESS_TIMEOUT: "20m",
    HEADCOUNT_TASK_TIMEOUT: "6h",
  };
  expect(await configOf(set)).toMatchObject({
    idleMs: 2_700_000,
    idleInToolMs: 14_400_000,
    handshakeMs: 90_000,
    progressMs: 1_200_000,
    taskTimeoutMs: 21_600_000,
  });
});

test("a limit that makes no sense is refused by its name", async () => {
  await expect(configOf({ HEADCOUNT_HANDSHAKE_TIMEOUT: "soon" })).rejects.toThrow(
    "HEADCOUNT_HANDSHAKE_TIMEOUT",
  );
});
