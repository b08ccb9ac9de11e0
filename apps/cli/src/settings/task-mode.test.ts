import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { catalogue } from "../catalogue.ts";
import { FakeMachine } from "../testing/fake-io.fixture.ts";
import { RecordingServer } from "../testing/recording-server.fixture.ts";

const marked = [
  { HEADCOUNT_TASK_ID: "01a1fef1-327c-73d1-b7e3-3273579b4a28" },
  { HEADCOUNT_RUN: "marker" },
  { HEADCOUNT_TOKEN: "hcp_a_person" },
];

/** Any attempt to read these settings ends in an error about them. */
async function breakProfile(machine: FakeMachine): Promise<void> {
  await mkdir(path.join(machine.home, ".headcount"));
  await writeFile(path.join(machine.home, ".headcount", "config.json"), "{ broken");
}

test("INV-56 without a task token nothing is sent and no profile is opened, whatever marks the run", async () => {
  await using server = await RecordingServer.start();
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE_ID: "acme",
    HEADCOUNT_PAT: "hcp_of_a_person",
  });
  await breakProfile(machine);
  for (const environment of marked) {
    const result = await machine.run(["issue", "get", "ACME-1"], { environment });
    expect(result).toMatchObject({ code: 3, stdout: "" });
    expect(result.stderr).toContain("nothing was sent");
  }
  expect(server.requests).toEqual([]);
});

test("INV-56 with a task token only that token and the injected server and workspace are used", async () => {
  await using server = await RecordingServer.start();
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE_ID: "injected",
    HEADCOUNT_TASK_ID: "01a1fef1-327c-73d1-b7e3-3273579b4a28",
    HEADCOUNT_TOKEN: "hct_of_the_task",
    HEADCOUNT_PAT: "hcp_of_a_person",
    HEADCOUNT_PROFILE: "other",
  });
  await breakProfile(machine);
  const result = await machine.run(["issue", "get", "ACME-1"]);
  expect(result.code).toBe(0);
  expect(server.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
    ["/api/w/injected/issues/ACME-1", "Bearer hct_of_the_task"],
  ]);
});

test.each(["--server-url", "--workspace", "--profile"])(
  "INV-56 %s cannot lead a task elsewhere",
  async (flag) => {
    await using server = await RecordingServer.start();
    await using machine = await FakeMachine.make({
      HEADCOUNT_SERVER_URL: server.url,
      HEADCOUNT_WORKSPACE_ID: "injected",
      HEADCOUNT_TOKEN: "hct_of_the_task",
    });
    const result = await machine.run(["issue", "list", flag, "http://127.0.0.1:9"]);
    expect(result.code).toBe(3);
    expect(result.stderr).toContain(flag);
    expect(server.requests).toEqual([]);
  },
);

test("INV-56 commands that reach beyond the run are refused before anything is read or sent", async () => {
  await using server = await RecordingServer.start();
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE_ID: "injected",
    HEADCOUNT_TOKEN: "hct_of_the_task",
  });
  const names = catalogue.flatMap((group) => Object.keys(group.commands));
  const reaching =
    /^(server|setup|login|logout|open|doctor|config|workspace (create|update|switch)|member (invite|remove)|agent env|daemon (start|stop|restart)|admin)( |$)/;
  const refused = names.filter((name) => reaching.test(name));
  expect(refused.length).toBeGreaterThan(15);
  for (const name of refused) {
    const result = await machine.run([...name.split(" "), "a", "b"]);
    expect([name, result.code]).toEqual([name, 3]);
  }
  expect(server.requests).toEqual([]);
});
