import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DoctorReport } from "@headcount/contract/server/routes";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { FakeMachine } from "../testing/fake-io.fixture.ts";
import { findServerAddress } from "./address-file.ts";

const launcher = fileURLToPath(new URL("../../../../bin/headcount.mjs", import.meta.url));

type StartedProgram = AsyncDisposable & {
  readonly child: ChildProcess;
  readonly output: { stdout: string; stderr: string };
  readonly ended: Promise<number | null>;
};

/** `headcount server` as a person starts it, without the web application that would be built first. */
function startServer(home: string, dataDirectory: string): StartedProgram {
  const words = ["server", "--port", "0", "--data-dir", dataDirectory];
  const child = spawn(process.execPath, [launcher, ...words, "--roles", "api,realtime,jobs"], {
    env: { PATH: process.env["PATH"], HOME: home, HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    child,
    output,
    ended,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

test("a fresh machine: the server says where it is, doctor proves a run, a second machine joins, a second start is told who holds the directory", async () => {
  await using folder = await temporaryDirectory({ prefix: "hc-server-" });
  await using machine = await FakeMachine.make({ PATH: process.env["PATH"] ?? "" });
  const dataDirectory = path.join(folder.path, "data");
  await using server = startServer(machine.home, dataDirectory);
  await waitFor(() => server.output.stdout.includes("Owner link:"), {
    describe: "the ready line and the owner link",
    timeoutMs: 60_000,
  });
  const [ready = "", link = ""] = server.output.stdout.split("\n");
  const url = /^Headcount is ready at (http:\/\/127\.0\.0\.1:\d+)$/.exec(ready)?.[1] ?? "";
  expect(link.replace(/#\S+$/, "#…")).toBe(`Owner link: ${url}/setup#…`);
  expect(server.output.stderr).toContain(dataDirectory);
  expect(findServerAddress(dataDirectory)).toMatchObject({ url });

  const second = startServer(machine.home, dataDirectory);
  expect(await second.ended).toBe(1);
  expect(second.output.stderr).toContain(`process id ${server.child.pid}`);
  expect(second.output.stderr.trim().split("\n")).toHaveLength(2);

  const doctor = ["doctor", "--run", "--data-dir", dataDirectory, "--output", "json"];
  const proven = await machine.run(doctor);
  const report = DoctorReport.strict().parse(JSON.parse(proven.stdout));
  expect(report.checks.filter((check) => !check.ok)).toEqual([]);
  expect(proven.code).toBe(0);
  expect(report).toMatchObject({ ok: true, task: { status: "completed", outcome: "done" } });
  expect(Number(report.task?.usage.output)).toBeGreaterThan(0);

  const again = await machine.run(["admin", "owner-link", "--data-dir", dataDirectory]);
  expect(again.code).toBe(6);
  const token = await machine.run(["admin", "token", "--data-dir", dataDirectory]);
  const login = ["login", "--token-stdin", "--server-url", url];
  expect((await machine.run(login, { stdin: token.stdout })).code).toBe(0);
  expect((await machine.run(["issue", "list"])).stdout).toContain("Doctor run");
  const own = await machine.run(["daemon", "status", "--output", "json"], {
    environment: { HEADCOUNT_DATA_DIR: dataDirectory },
  });
  expect(JSON.parse(own.stdout)).toMatchObject({ phase: "running", serverUrl: url });

  await using laptop = await FakeMachine.make({ PATH: process.env["PATH"] ?? "" });
  const setup = ["setup", "--server-url", url, "--token-stdin", "--device-name", "laptop"];
  const connected = await laptop.run(setup, { stdin: token.stdout });
  expect(connected).toMatchObject({ code: 0 });
  try {
    expect(connected.stdout).toContain("enrolled as laptop");
    expect((await laptop.run(setup, { stdin: token.stdout })).stderr).toContain("Replace it?");
    expect((await laptop.run(["daemon", "start"])).stderr).toContain("already runs");
    expect((await laptop.run(["doctor"])).code).toBe(0);
    const runtimes = await laptop.run(["runtime", "list"]);
    expect(runtimes.stdout).toContain("laptop · Tutorial agent");
    expect((await laptop.run(["daemon", "logs"])).stdout).toContain("daemon started");
  } finally {
    expect((await laptop.run(["daemon", "stop"])).stdout).toBe("The daemon has stopped.\n");
  }
  const gone = await laptop.run(["daemon", "status"]);
  expect(gone).toMatchObject({ code: 1, stdout: "" });
  expect(gone.stderr).toContain("asked by a person");
  expect((await laptop.run(["logout"])).stdout).toBe("Signed out.\n");
  expect((await laptop.run(["auth", "status"])).code).toBe(3);

  server.child.kill("SIGINT");
  // It ends with 1 when stopping takes longer than its limit.
  expect(await server.ended).toBe(0);
  expect(findServerAddress(dataDirectory)).toBeNull();
});

test("what keeps the server from starting is one sentence and the next step", async () => {
  await using machine = await FakeMachine.make();
  for (const words of [
    ["--port", "x"],
    ["--roles", "api,nothing"],
    ["--host", "no such host"],
  ]) {
    const data = ["--data-dir", path.join(machine.home, "data")];
    const result = await machine.run(["server", ...data, "--roles", "api", ...words]);
    expect([words, result.code, result.stdout]).toEqual([words, 1, ""]);
    expect(result.stderr.trim().split("\n")).toHaveLength(2);
  }
});
