import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestError } from "vitest";
import type { LoggedRequest } from "@headcount/testkit/fake-model/logged-request";
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

/**
 * Plays the common cases and what else a CLI has to tell, all on one product for as long as they
 * pass. After a failed one everything begins anew: nobody knows what it has left behind.
 */
export function tellStories(profile: AgentProfile, more: readonly Story[] = []): void {
  const { cli, coverage } = profile;
  const common = commonCases.map((story) => ({
    case: story,
    coverage: (story.name && coverage[story.name]) ?? coverage.usual,
  }));
  describe(`real ${cli}, driven by the whole product`, () => {
    const stories = [...common, ...more];
    const isTold = (story: Story): boolean => isChosen(profile, story.case.name);
    let stage: Awaited<ReturnType<typeof startAgentStage>> | null = null;
    const closeStage = async (): Promise<void> => {
      const closing = stage;
      stage = null;
      if (closing !== null && !("unavailable" in closing)) await closing[Symbol.asyncDispose]();
    };
    beforeAll(async () => {
      if (stories.some(isTold)) stage = await startAgentStage(profile);
    });
    afterAll(closeStage);

    it.for(stories)("$case.title", async (story, context) => {
      const { meta } = context.task;
      const { name, title } = story.case;
      meta.story = { cli, name: name ?? null, title };
      if (!isTold(story)) return context.skip(reasonLeftOut());
      const here = (stage ??= await startAgentStage(profile));
      if ("unavailable" in here) return context.skip(here.unavailable);
      const { product, model, observed } = here;
      context.onTestFailed(async ({ task }) => {
        console.log(`${title}:\n${task.result?.errors?.map(causeOf).join("\n")}`);
        console.log(`daemon:\n${product.daemon().output()}`);
        console.log(`server:\n${product.server().output()}`);
        console.log(`model server:\n${model.requests().map(inOneLine).join("\n")}`);
        await closeStage();
      });
      observed.coverage.length = 0;
      observed.stoppedInMs = null;
      await story.case.play(here, story.coverage);
      // Every scripted answer was asked for.
      expect(model.unused()).toEqual([]);
      meta.story = { ...meta.story, ...seenIn(here) };
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
