import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestError } from "vitest";
import { tasks } from "@headcount/contract/tasks/routes";
import type { LoggedRequest } from "@headcount/testkit/fake-model/logged-request";
import { type Product, workspace } from "../../support/start-product.ts";
import type { AgentCase } from "./agent-case.ts";
import type { AgentProfile } from "./agent-profile.ts";
import { type AgentStage, startAgentStage } from "./agent-stage.ts";
import { isChosen, reasonLeftOut } from "./is-chosen.ts";
import { commonCases } from "./common-cases.ts";
import type { StatedCoverage } from "./stated-coverage.ts";
import "./story-meta.ts";

/** A story that only some CLIs tell. */
export type Story = {
  readonly case: AgentCase;
  /** What this CLI can know of the tokens in it. */
  readonly coverage: StatedCoverage;
};

/** Plays the common cases and what else a CLI has to tell, all on one product. */
export function tellStories(profile: AgentProfile, more: readonly Story[] = []): void {
  const { cli, coverage } = profile;
  const common = commonCases.map((story) => ({
    case: story,
    coverage: (story.name && coverage[story.name]) ?? coverage.usual,
  }));
  describe(`real ${cli}, driven by the whole product`, () => {
    const stories = [...common, ...more];
    const isTold = (story: Story): boolean => isChosen(profile, story.case.name);
    let stage: AgentStage | null = null;
    let missing = "";
    beforeAll(async () => {
      if (!stories.some(isTold)) return;
      const started = await startAgentStage(profile);
      if ("unavailable" in started) missing = started.unavailable;
      else stage = started;
    });
    afterAll(() => stage?.[Symbol.asyncDispose]());

    it.for(stories)("$case.title", async (story, context) => {
      const { meta } = context.task;
      const { name, title } = story.case;
      meta.story = { cli, name: name ?? null, title };
      if (!isTold(story)) return context.skip(reasonLeftOut());
      if (stage === null) return context.skip(missing);
      const { product, model, observed } = stage;
      context.onTestFailed(async ({ task }) => {
        console.log(`${title}:\n${task.result?.errors?.map(causeOf).join("\n")}`);
        console.log(`daemon:\n${product.daemon().output()}`);
        console.log(`server:\n${product.server().output()}`);
        console.log(`model server:\n${model.requests().map(inOneLine).join("\n")}`);
        await cancelWhatRuns(product);
      });
      observed.coverage.length = 0;
      observed.stoppedInMs = null;
      await story.case.play(stage, story.coverage);
      // Every scripted answer was asked for.
      expect(model.unused()).toEqual([]);
      meta.story = { ...meta.story, ...seenIn(stage) };
    });
  });
}

const fromBestToWorst = ["exact", "partial", "none"] as const;

function seenIn({ observed, version }: AgentStage): {
  readonly version: string;
  readonly coverage: (typeof fromBestToWorst)[number];
  readonly reasons: readonly string[];
  readonly stoppedInMs: number | null;
} {
  const levels = observed.coverage.map((stated) => stated.coverage);
  return {
    version,
    coverage: fromBestToWorst.findLast((level) => levels.includes(level)) ?? "none",
    reasons: observed.coverage.map((stated) => stated.coverageReason).filter(Boolean),
    stoppedInMs: observed.stoppedInMs,
  };
}

/** At once, and not only when all stories have been told. */
function causeOf({ message, diff }: TestError): string {
  return [message, diff ?? ""].join("\n");
}

function inOneLine({ method, path, model, rule, status, ended, served }: LoggedRequest): string {
  return JSON.stringify({ method, path, model, rule, status, ended, served });
}

const unfinished = ["deferred", "queued", "dispatched", "waiting_directory", "running"] as const;

/** What a failed story left running would ask for the answers of the next one. */
async function cancelWhatRuns(product: Product): Promise<void> {
  const { items } = await product.call(tasks.list, { workspace, status: [...unfinished] });
  for (const { id } of items) await product.call(tasks.cancel, { workspace, taskId: id });
}
