import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runtimes } from "@headcount/contract/runtimes/routes";
import {
  temporaryDirectory,
  type TemporaryDirectory,
} from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("a machine on which one agent CLI hangs whenever it is asked for its version", () => {
  let folder: TemporaryDirectory;
  let started: ProductWithClaude;
  beforeAll(async () => {
    folder = await temporaryDirectory({ prefix: "hanging" });
    const codex = path.join(folder.path, "codex");
    await writeFile(codex, "#!/bin/sh\nsleep 600\n", { mode: 0o755 });
    started = await startWithClaude({ daemonEnvironment: { HEADCOUNT_CODEX_PATH: codex } });
  });
  afterAll(async () => {
    await started[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it("INV-52 the other CLIs are there and work, and the one that hangs says so", async () => {
    const { product, claude } = started;
    await claude.setScript({ steps: [{ result: "Nothing held me up." }] });
    const agent = await product.createAgent("Claude", "claude");
    const { taskId } = await product.assign("Beside a hanging CLI", agent);
    expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed" });
    const codex = await waitFor(
      async () => {
        const { items } = await product.call(runtimes.list, { workspace });
        return items.find((runtime) => runtime.cli === "codex");
      },
      { describe: "the runtime of the hanging CLI", timeoutMs: 60_000 },
    );
    expect(codex).toMatchObject({
      problem: "no_answer",
      problemDetail: expect.stringContaining("did not state its version in time"),
    });
    const { items } = await product.call(runtimes.list, { workspace });
    const sound = items.filter((runtime) => runtime.problem === null).map(({ cli }) => cli);
    expect(sound.toSorted()).toEqual(["claude", "tutorial"]);
  });
});
