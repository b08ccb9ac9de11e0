import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

describe("scenario A: two people comment while the agent runs", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it("INV-34 INV-35 INV-48 one follow-up run covers both comments and answers each asker", async () => {
    const { product, claude, folder } = started;
    const goOn = path.join(folder, "go-on");
    await claude.setScript({
      steps: [{ text: "Looking." }, { waitForFile: goOn }, { result: "The first run is over." }],
    });
    const agent = await product.createAgent("Claude", "claude", { access: "workspace" });
    const bob = await product.invite("Bob");
    const { issue, taskId } = await product.assign("Two questions", agent);
    await product.taskIn(taskId, ["running"]);

    const [fromAda, fromBob] = await Promise.all([
      product.call(comments.add, { workspace, issue: issue.id, body: "Ada asks: why?" }),
      bob.client.call(comments.add, { workspace, issue: issue.id, body: "Bob asks: when?" }),
    ]);
    expect([...fromAda.triggers, ...fromBob.triggers].map((verdict) => verdict.effect)).toEqual([
      "coalesced",
      "coalesced",
    ]);
    await claude.setScript({
      steps: [
        { run: reply(fromAda.comment.id, "Because, Ada.") },
        { run: reply(fromBob.comment.id, "Now, Bob.") },
        { result: "Both are answered." },
      ],
    });
    await writeFile(goOn, "");

    const runs = await waitFor(
      async () => {
        const { items } = await product.call(issues.tasks, { workspace, issue: issue.id });
        const isQuiet = items.every((task) => task.status === "completed");
        return items.length > 1 && isQuiet ? items : undefined;
      },
      { describe: "the end of the follow-up run", timeoutMs: 30_000 },
    );
    expect(runs.map((task) => [task.kind, task.attempt])).toEqual([
      ["comment", 1],
      ["assignment", 1],
    ]);
    const { items } = await product.call(comments.list, { workspace, issue: issue.id });
    const answers = items.filter((item) => item.author.type === "agent");
    const followUp = runs[0];
    expect(
      answers
        .filter((item) => item.taskId === followUp?.id)
        .map((item) => [item.parentId, item.body]),
    ).toEqual([
      [fromAda.comment.id, "Because, Ada."],
      [fromBob.comment.id, "Now, Bob."],
    ]);

    // The run acts for whoever asked last, and its prompt says of each comment who wrote it.
    const newest = fromAda.comment.createdAt > fromBob.comment.createdAt ? "Ada" : "Bob";
    expect(followUp?.originator?.name).toBe(newest);
    const prompt = await lastPrompt(claude.sessions);
    for (const [name, body] of [
      ["Ada", "Ada asks: why?"],
      ["Bob", "Bob asks: when?"],
    ]) {
      expect(prompt).toMatch(new RegExp(`by [^\\n]*${name}[^\\n]*\\n[^\\n]*${body?.slice(0, -1)}`));
    }
  });
});

function reply(commentId: string, body: string): string {
  return `printf '${body}' | headcount issue comment add "$HEADCOUNT_ISSUE_KEY" --parent ${commentId} --content-stdin`;
}

async function lastPrompt(sessions: string): Promise<string> {
  const [file = "", ...others] = await readdir(sessions);
  expect(others).toEqual([]);
  const session = JSON.parse(await readFile(path.join(sessions, file), "utf8")) as {
    prompts: string[];
  };
  return session.prompts.at(-1) ?? "";
}
