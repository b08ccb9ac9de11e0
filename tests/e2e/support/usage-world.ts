import type { Agent } from "@headcount/contract/agents/schemas";
import { projects } from "@headcount/contract/projects/routes";
import type { Project } from "@headcount/contract/projects/schemas";
import { usageImport } from "@headcount/contract/usage/import-routes";
import type { ImportRecord } from "@headcount/contract/usage/import-schemas";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { type Product, startProduct, workspace } from "../../support/start-product.ts";

/** The model that nobody has a price for. */
export const houseModel = "house-model-70b";
const dayMs = 24 * 60 * 60_000;

export type UsageWorld = {
  readonly product: Product;
  readonly project: Project;
  readonly agent: Agent;
  /** Tokens of the last 30 days as the API tells them, with the filters that are given. */
  tokens(filters?: Readonly<Record<string, string>>): Promise<string>;
  /** Lets the agent do one more task. */
  work(title: string): Promise<void>;
};

/** A workspace that has used something: a task in a project, and ten days of sessions before. */
export async function startUsageWorld(): Promise<UsageWorld> {
  const product = await startProduct({
    web: true,
    daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0" },
  });
  const project = await product.call(projects.create, { workspace, title: "Website" });
  const agent = await product.createAgent("Tutor", "tutorial");
  const work = async (title: string): Promise<void> => {
    const { taskId } = await product.assign(title, agent, { projectId: project.id });
    await product.taskEnded(taskId);
  };
  await work("Greet the team");
  await importSessions(product);
  return {
    product,
    project,
    agent,
    work,
    async tokens(filters = {}) {
      const { totals } = await product.call(usageQueries.query, {
        workspace,
        days: 30,
        metrics: ["tokens"],
        ...filters,
      });
      return String(totals.tokens);
    },
  };
}

async function importSessions(product: Product): Promise<void> {
  const days = Array.from({ length: 10 }, (_, index) => index + 1);
  const records = days.flatMap((day) => [
    sessionCall(day, { provider: "anthropic", model: "claude-sonnet-4-5", input: 1_000 * day }),
    sessionCall(day, { provider: "openai", model: "gpt-5", input: 500, billing: "subscription" }),
    sessionCall(day, { provider: "local", model: houseModel, input: 1_000_000 }),
  ]);
  const { results } = await product.call(usageImport.import, {
    workspace,
    cli: "claude",
    records,
  });
  const refused = results.filter(({ result }) => result !== "stored");
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

type Call = Pick<ImportRecord, "provider" | "model" | "input"> & Partial<ImportRecord>;

function sessionCall(day: number, call: Call): ImportRecord {
  return {
    key: `${call.model} ${day}`,
    sessionId: `session ${day}`,
    role: "main",
    usedAt: new Date(Date.now() - day * dayMs).toISOString(),
    cumulative: false,
    revision: 0,
    cacheRead: 0,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
    output: 200,
    reasoning: 0,
    reportedCostUsd: null,
    reportedCostBasis: null,
    billing: "api",
    ...call,
  };
}
