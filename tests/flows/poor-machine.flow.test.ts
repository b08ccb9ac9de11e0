import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projects } from "@headcount/contract/projects/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { type Product, startProduct, workspace } from "../support/start-product.ts";
import { createProductDatabase } from "../support/test-database.ts";

const launcher = fileURLToPath(new URL("../../bin/headcount.mjs", import.meta.url));

describe("a machine with neither git nor an agent CLI", () => {
  let folder: TemporaryDirectory;
  let database: Awaited<ReturnType<typeof createProductDatabase>>;
  let product: Product;
  let emptyPath: string;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "poor" });
    emptyPath = path.join(folder.path, "bin");
    await mkdir(emptyPath);
    database = await createProductDatabase();
    product = await startProduct({
      databaseUrl: database.url,
      daemonEnvironment: { PATH: emptyPath, SHELL: "", HEADCOUNT_TUTORIAL_PACE_MS: "0" },
    });
  });
  afterAll(async () => {
    await product[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it("INV-52 offers the tutorial agent alone, which works", async () => {
    const agent = await product.createAgent("Tutor", "tutorial");
    const { taskId } = await product.assign("Hello", agent);
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed" });
    const { items } = await product.call(runtimes.list, { workspace });
    expect(items.map((runtime) => runtime.cli)).toEqual(["tutorial"]);
  });

  it("INV-14 a run that needs git fails before its agent starts, in one sentence with the next step", async () => {
    const agent = await product.createAgent("Coder", "tutorial");
    const project = await product.call(projects.create, {
      workspace,
      title: "Code",
      repositories: [{ url: path.join(folder.path, "none.git"), ref: null }],
    });
    const { taskId } = await product.assign("Code", agent, { projectId: project.id });
    const task = await product.taskEnded(taskId);
    expect([task.status, task.failureReason, task.startedAt]).toEqual([
      "failed",
      "directory_error",
      null,
    ]);
    expect(task.error).toBe(
      "git was not found on this machine: install it, then run the task again.",
    );
  });

  it("doctor names both and how to help", async () => {
    const { code, output } = await runDoctor();
    expect(code).toBe(1);
    expect(output).toMatch(/^FAIL {2}git: git was not found or does not run\n +Install git/m);
    expect(output).toMatch(/^ok {4}agent tutorial: /m);
    expect(output).toMatch(/^ok {4}agent CLIs: none but the tutorial agent .* install/m);
  });

  function runDoctor(): Promise<{ code: number; output: string }> {
    const env = {
      PATH: emptyPath,
      HOME: folder.path,
      HEADCOUNT_SERVER_URL: product.url,
      HEADCOUNT_PAT: product.ownerToken,
      HEADCOUNT_STATE_DIR: product.daemonDirectory,
    };
    return new Promise((resolve) => {
      execFile(process.execPath, [launcher, "doctor"], { env }, (error, stdout, stderr) => {
        const code = typeof error?.code === "number" ? error.code : 0;
        resolve({ code, output: stdout + stderr });
      });
    });
  }
});
