import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { refusalOf, startBareServer } from "../support/bare-server.ts";
import { createProductDatabase } from "../support/test-database.ts";

describe("a server that cannot start says why and what to do, in two lines", () => {
  let folder: TemporaryDirectory;
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  beforeEach(async () => {
    folder = await temporaryDirectory({ prefix: "bad" });
    database = await createProductDatabase();
  });
  afterEach(async () => {
    await folder[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  it("the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const server = startBareServer([`--port=${port}`, `--data-dir=${folder.path}`], {
      DATABASE_URL: database.url,
    });
    const refusal = await refusalOf(server);
    other.close();
    expect(refusal).toEqual({
      exitCode: 1,
      lines: [
        `Port ${port} is in use.`,
        "Choose another port with --port, or stop the program that uses this one.",
      ],
    });
  });

  it.each([
    // Nobody, not even root, makes a folder there; with Node's recursive mkdir this never ended.
    ["below /proc", () => "/proc/headcount/data", "ENOENT"],
    ["a file", () => path.join(folder.path, "file"), "ENOTDIR"],
    ["below a file", () => path.join(folder.path, "file", "data"), "ENOTDIR"],
  ])("the data directory is %s", async (_what, place, code) => {
    await writeFile(path.join(folder.path, "file"), "");
    expect(await refusalOf(startBareServer(["--port=0", `--data-dir=${place()}`]))).toEqual({
      exitCode: 1,
      lines: [
        `The data directory ${place()} cannot be written to (${code}).`,
        "Give this user write access to it, or choose another one with --data-dir.",
      ],
    });
  });

  it("another server works on the same data directory, which goes on", async () => {
    const data = path.join(folder.path, "data");
    await mkdir(data);
    const flags = ["--port=0", `--data-dir=${data}`];
    const first = startBareServer(flags, { DATABASE_URL: database.url });
    const [, url] = await first.says(/ready at (\S+)/);
    const refusal = await refusalOf(startBareServer(flags, { DATABASE_URL: database.url }));
    expect(refusal.exitCode).toBe(1);
    expect(refusal.lines).toHaveLength(2);
    expect(refusal.lines[0]).toMatch(
      new RegExp(`^The directory ${data} is in use by the Headcount server .*${first.pid}`),
    );
    expect(refusal.lines[1]).toContain(`Stop process ${first.pid} first`);
    expect((await fetch(`${url}/health`)).status).toBe(200);
    first.kill("SIGINT");
    expect(await first.exited).toBe(0);
  });

  it("the external database does not answer, does not let us in, or has no such database", async () => {
    const elsewhere = (change: (url: URL) => void): string => {
      const url = new URL(database.url);
      change(url);
      return url.href;
    };
    const urls = [
      elsewhere((url) => (url.port = "1")),
      elsewhere((url) => (url.password = "wrong")),
      elsewhere((url) => (url.pathname = "/there_is_none")),
    ];
    for (const url of urls) {
      const server = startBareServer(["--port=0", `--data-dir=${folder.path}`], {
        DATABASE_URL: url,
      });
      const { exitCode, lines } = await refusalOf(server);
      expect([exitCode, lines[0], lines[1]]).toEqual([
        1,
        expect.stringMatching(/^The database in DATABASE_URL cannot be reached \(\w+\)\.$/),
        "Check that it runs and that the address, user and password are right.",
      ]);
      expect(server.output()).not.toContain("wrong");
    }
  });
});
