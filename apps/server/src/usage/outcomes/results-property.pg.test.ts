import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { AgentId, IssueId, RuntimeId, UserId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import {
  outcomeGroupings,
  type UsageOutcomesReply,
} from "@headcount/contract/usage/outcome-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { connectGithub, type Hook, pullRequestEvent } from "../../pull-requests/github.fixture.ts";
import { addRuntime } from "../../testing/add-runtime.ts";
import { addTask } from "../../testing/add-task.ts";
import { asSystem } from "../../testing/as-system.ts";
import { createTestApp, type TestApp } from "../../testing/test-app.ts";
import { bookTask } from "../ledger/book-task.ts";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { plainResults, plainValues, type Result, type Work } from "./plain-results.fixture.ts";

const workspace = "acme";
const start = Date.parse("2026-11-01T00:00:00Z");
const hourMs = 3_600_000;
/** Hours of four days; the tests' now is two days later. */
const hours = 96;
const at = (hour: number): Date => new Date(start + hour * hourMs);

const models = [
  { provider: "headcount", model: "headcount/tutorial" },
  { provider: "anthropic", model: "claude-sonnet-4-5" },
  { provider: "openrouter", model: "claude-sonnet-4-5" },
] as const;
/** Tokens of a run differ from model to model, so that one is used most. */
const distinct = (tokens: number, model: number): number => tokens * models.length + model;
const issueCount = 3;

type Issue = { readonly id: IssueId; readonly key: string; readonly project: string | null };

describe("what results took", () => {
  let test: TestApp;
  let hook: Hook;
  let staff: readonly AgentId[];
  let machines: readonly RuntimeId[];
  let people: readonly UserId[];
  let projectIds: readonly (string | null)[];
  let numbers = 0;
  beforeAll(async () => {
    test = await createTestApp({ startsAt: at(hours + 48) });
    hook = await connectGithub(test);
    const { alice, bob } = test;
    people = [alice.userId, bob.userId];
    const [ada, ben] = [
      await alice.call(agents.create, { workspace, name: "Ada", access: "workspace" }),
      await alice.call(agents.create, { workspace, name: "Ben", access: "workspace" }),
    ];
    staff = [ada.id, ben.id];
    const [laptop, server] = [
      await addRuntime(test, { ownerId: alice.userId, machineName: "laptop" }),
      await addRuntime(test, { ownerId: alice.userId, machineName: "server" }),
    ];
    machines = [laptop.id, server.id];
    const site = await alice.call(projects.create, { workspace, title: "Site" });
    projectIds = [null, site.id];
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  async function makeIssues(ofProjects: readonly number[]): Promise<readonly Issue[]> {
    const made: Issue[] = [];
    for (const place of ofProjects) {
      const title = `Issue ${crypto.randomUUID()}`;
      const project = pick(projectIds, place);
      const { issue } = await test.alice.call(issues.create, {
        workspace,
        title,
        ...(project === null ? {} : { projectId: project as never }),
      });
      made.push({ ...issue, project });
    }
    return made;
  }
  /** A run whose end is told after its usage, as daemons tell it. */
  async function work(issue: Issue, { hour, dimensions, models: used }: Work): Promise<void> {
    const task = await addTask(test, {
      agentId: dimensions.agent as AgentId,
      issueId: issue.id,
      startedAt: at(hour),
      endedAt: at(hour + 1),
      status: "completed",
      accountableId: dimensions.member as UserId,
      ...(dimensions.runtime === null ? {} : { runtimeId: dimensions.runtime as RuntimeId }),
    });
    const records = used.map(({ tokens, ...of }) =>
      usageOf(task, { ...of, key: `${of.provider}/${of.model}`, input: tokens }),
    );
    if (records.length > 0) await book(test, records);
    await asSystem(test, (ctx) => bookTask(ctx, task.id));
  }
  async function finish({ id, key }: Issue, hour: number): Promise<void> {
    await test.alice.call(issues.update, { workspace, issue: key, status: "done" });
    await asSystem(
      test,
      (ctx) =>
        ctx.sql`update activities set created_at = ${at(hour)}
        where workspace_id = ${ctx.workspaceId} and issue_id = ${id}
          and action = 'status_changed'`,
    );
  }
  async function merge(
    hour: number | null,
    linked: readonly Issue[],
    mentioned: readonly Issue[],
  ): Promise<void> {
    numbers += 1;
    const body = [
      ...mentioned.map(({ key }) => `See ${key}.`),
      ...linked.map(({ key }) => `Closes ${key}.`),
    ].join("\n");
    const mergedAt = hour === null ? null : at(hour).toISOString();
    const { status } = await hook.send(pullRequestEvent({ number: numbers, body, mergedAt }));
    expect(status).toBe(200);
  }
  const ask = (
    own: readonly Issue[],
    asked: Record<string, unknown>,
  ): Promise<UsageOutcomesReply> =>
    test.alice.call(usageQueries.outcomes, {
      workspace,
      issue: own.map(({ key }) => key).join(),
      ...asked,
    } as never);

  // Few hours, so that things happen at the same time.
  const hour = fc.integer({ min: 0, max: 7 }).map((step) => step * 12);
  const someIssues = fc.uniqueArray(fc.nat(issueCount - 1), { maxLength: issueCount });
  const history = fc.record({
    projects: fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1)),
    works: fc.array(
      fc.record({
        issue: fc.nat(issueCount - 1),
        agent: fc.nat(1),
        runtime: fc.option(fc.nat(1), { freq: 4 }),
        member: fc.nat(1),
        hour,
        used: fc.uniqueArray(
          fc.record({ model: fc.nat(models.length - 1), tokens: fc.integer({ min: 1, max: 500 }) }),
          { selector: ({ model }) => model, maxLength: models.length },
        ),
      }),
      { maxLength: 6 },
    ),
    done: fc.tuple(fc.option(hour), fc.option(hour), fc.option(hour)),
    merges: fc.array(
      fc.record({
        hour: fc.option(hour, { freq: 5 }),
        linked: someIssues,
        mentioned: someIssues,
      }),
      { maxLength: 6 },
    ),
    days: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  });

  it(
    "is what a plain count of the same history says, in any range, in all and by every dimension",
    { timeout: testRunsTimeoutMs(120_000) },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, async ({ days: [one, other], ...made }) => {
          const own = await makeIssues(made.projects);
          const works = made.works.map(
            ({ issue, agent, runtime, member, hour: startedAt, used }): Work => ({
              issue,
              hour: startedAt,
              dimensions: {
                agent: pick(staff, agent),
                project: pick(own, issue).project,
                runtime: runtime === null ? null : pick(machines, runtime),
                member: pick(people, member),
              },
              models: used.map(({ model, tokens }) => ({
                ...pick(models, model),
                tokens: distinct(tokens, model),
              })),
            }),
          );
          for (const run of works) await work(pick(own, run.issue), run);
          for (const { hour: mergedAt, linked, mentioned } of made.merges)
            await merge(
              mergedAt,
              linked.map((place) => pick(own, place)),
              mentioned.map((place) => pick(own, place)),
            );
          for (const [place, doneAt] of made.done.entries())
            if (doneAt !== null) await finish(pick(own, place), doneAt);
          const merged = made.merges.flatMap(({ hour: mergedAt, linked }): Result[] =>
            mergedAt === null ? [] : [{ hour: mergedAt, issues: linked }],
          );
          const done = made.done.flatMap((doneAt, place): Result[] =>
            doneAt === null ? [] : [{ hour: doneAt, issues: [place] }],
          );
          const asked = {
            from: `2026-11-0${Math.min(one, other)}`,
            to: `2026-11-0${Math.max(one, other)}`,
          };
          for (const grouping of outcomeGroupings) {
            const reply = await ask(own, { ...asked, group_by: grouping });
            const range = {
              from: (Date.parse(reply.from) - start) / hourMs,
              to: (Date.parse(reply.to) - start) / hourMs,
            };
            const expected = (value: string | null | undefined) => {
              const only = value === undefined ? null : { grouping, value };
              return {
                merged: plainResults(works, merged, { ...range, only }),
                done: plainResults(works, done, { ...range, only }),
              };
            };
            expect([grouping, figuresOf(reply.total)]).toEqual([grouping, expected(undefined)]);
            for (const value of plainValues(works, grouping)) {
              const row = reply.rows.find(({ key }) => key.value === value);
              const shown = row ? figuresOf(row) : nothing;
              expect([grouping, value, shown]).toEqual([grouping, value, expected(value)]);
              const filter = { [grouping]: value ?? "none" };
              const { total } = await ask(own, { ...asked, ...filter });
              expect([filter, figuresOf(total)]).toEqual([filter, expected(value)]);
            }
            // A run that turned out to be of a model leaves nothing behind where it was before.
            const values = plainValues(works, grouping);
            const strange = reply.rows.filter(({ key }) => !values.has(key.value));
            expect([grouping, strange.map((row) => [row.key, figuresOf(row)])]).toEqual([
              grouping,
              [],
            ]);
          }
        }),
        { numRuns: testRuns(10) },
      );
    },
  );
});

const none = { count: 0, tokens: 0, tasks: 0, runTimeMs: 0 };
const nothing = { merged: none, done: none };

function figuresOf({
  pullRequestsMerged,
  issuesDone,
}: Pick<UsageOutcomesReply["total"], "pullRequestsMerged" | "issuesDone">) {
  const sums = ({ count, whole }: typeof pullRequestsMerged | typeof issuesDone) => ({
    count,
    tokens: whole.tokens,
    tasks: whole.tasks,
    runTimeMs: whole.runTimeMs,
  });
  return { merged: sums(pullRequestsMerged), done: sums(issuesDone) };
}

function pick<One>(list: readonly One[], place: number): One {
  const found = list.at(place);
  if (found === undefined) throw new Error(`There is nothing at ${place}`);
  return found;
}
