import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import { tasks } from "@headcount/contract/tasks/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { workspace } from "../support/start-product.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

const maxHops = 3;

describe("scenario G: two agents keep mentioning one another", () => {
  let started: ProductWithClaude;
  beforeAll(async () => {
    started = await startWithClaude();
  });
  afterAll(() => started[Symbol.asyncDispose]());

  it("INV-36 INV-50 INV-128 the chain stops at its limit with one notice, and goes on when a person says so", async () => {
    const { product, claude } = started;
    await product.call(workspaces.update, { workspace, settings: { maxHops } });
    const ada = await product.createAgent("Ada", "claude", { access: "workspace" });
    const bert = await product.createAgent("Bert", "claude", { access: "workspace" });
    const both = [ada, bert].map(({ id, name }) => `[@${name}](mention://agent/${id})`).join(" ");
    // Whoever speaks wakes the other; nobody wakes himself, and a quoted mention wakes nobody.
    await claude.setScript({
      steps: [
        {
          run: `printf '%b' '> ${both}\\n\\n${both} your turn' | headcount issue comment add "$HEADCOUNT_ISSUE_KEY" --content-stdin`,
        },
        { usage: { input: 100, output: 10 } },
        { result: "Handed over." },
      ],
    });
    const { issue } = await product.assign("Ping-pong", ada);
    const allRuns = async () =>
      (await product.call(issues.tasks, { workspace, issue: issue.id })).items;
    const notices = async () => {
      const { items } = await product.call(comments.list, { workspace, issue: issue.id });
      return items.filter((item) => item.kind === "system");
    };
    const settled = (count: number) =>
      waitFor(
        async () => {
          const runs = await allRuns();
          const isQuiet = runs.every((run) => run.endedAt !== null);
          return runs.length >= count && isQuiet && (await notices()).length > 0 ? runs : undefined;
        },
        { describe: `the end of ${count} runs`, timeoutMs: 60_000 },
      );
    const runs = await settled(maxHops + 1);
    expect(runs.map((run) => run.hop)).toEqual([3, 2, 1, 0]);
    expect(runs.map((run) => run.agentName)).toEqual(["Bert", "Ada", "Bert", "Ada"]);
    expect(runs.map((run) => run.status)).toEqual(Array(4).fill("completed"));
    const [notice, ...others] = await notices();
    expect(others).toEqual([]);
    expect(notice?.body).toContain("Continue");
    // What it cost is bounded by the number of runs: what each states, and the one token of its answer.
    expect(runs.map((run) => run.usage.tokens.output)).toEqual(Array(4).fill(11));

    const [last] = runs;
    if (!last) throw new Error("nothing ran");
    const next = await product.call(tasks.continueChain, { workspace, taskId: last.id });
    expect(next).toMatchObject({ hop: 0, agentName: "Ada" });
    const more = await settled(2 * (maxHops + 1));
    expect(more).toHaveLength(2 * (maxHops + 1));
    // One notice for an issue and an hour, however often the guard trips.
    expect(await notices()).toHaveLength(1);
    const { items } = await product.call(issues.timeline, { workspace, issue: issue.id });
    const trips = items.flatMap((entry) =>
      entry.type === "activity" && entry.activity.action === "guard_tripped"
        ? [entry.activity.details]
        : [],
    );
    expect(trips).toMatchObject([{ taskId: last.id, agentId: ada.id }]);
    const again = await product.call(tasks.continueChain, { workspace, taskId: last.id });
    expect(again).toMatchObject({ hop: 0, agentName: "Ada" });
    expect(again.id).not.toBe(next.id);
  });
});
