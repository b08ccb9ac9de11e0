import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { ProjectId, TaskId } from "@headcount/contract/kit/ids";
import { projects } from "@headcount/contract/projects/routes";
import type { UsageBreakdown } from "@headcount/contract/usage/schemas";
import type { Rule } from "@headcount/testkit/fake-model/scenario";
import { type FakeModel, startFakeModel } from "@headcount/testkit/fake-model/start-fake-model";
import { installRealCli } from "@headcount/testkit/real-clis/install-real-cli";
import {
  type PointedCli,
  pointAtFakeModel,
} from "@headcount/testkit/real-clis/point-at-fake-model";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { processesOf } from "../../support/processes-of.ts";
import { type Product, startProduct, workspace } from "../../support/start-product.ts";
import type { AgentProfile } from "./agent-profile.ts";
import { type ProcessWatch, watchDescendants } from "./process-watch.ts";

const run = promisify(execFile);
const cacheDirectory = fileURLToPath(new URL("../../../.cache", import.meta.url));

/** The whole product, one real agent CLI on its machine, and the model server that the CLI asks. */
export type AgentStage = AsyncDisposable & {
  readonly profile: AgentProfile;
  /** The version that is driven. */
  readonly version: string;
  readonly product: Product;
  readonly model: FakeModel;
  readonly pointed: PointedCli;
  readonly agent: Agent;
  /** The bare repository that the project's work is pushed to. */
  readonly repository: string;
  /** The main model as the provider and the books name it. */
  readonly servedModel: string;
  /** What the daemon has started, and what came of that. */
  readonly processes: ProcessWatch;
  /** What was seen in the story that is being told. */
  readonly observed: Observed;
  /** A file outside of every work directory, for a tool to tell the test something. */
  mark(name: string): string;
  /** Scripts the model; what the CLI asks on its own account is answered besides. */
  play(rules: readonly Rule[], options?: { readonly requireKey?: string }): void;
  /** Assigns a new issue of the project to the agent. */
  assign(title: string): Promise<{ readonly issue: Issue; readonly taskId: TaskId }>;
};

/** What a story adds to the table beside its success. */
export type Observed = {
  /** What the product says about the tokens of the story's runs. */
  readonly coverage: Pick<UsageBreakdown, "coverage" | "coverageReason">[];
  /** From the press of the button until no process of the run was left. */
  stoppedInMs: number | null;
};

/** Starts everything, or says in one line why the CLI cannot be had. */
export async function startAgentStage(
  profile: AgentProfile,
): Promise<AgentStage | { readonly unavailable: string }> {
  const { cli } = profile;
  const installed = await installRealCli(cli);
  if ("unavailable" in installed) return installed;
  await using resources = new AsyncDisposableStack();
  await mkdir(cacheDirectory, { recursive: true });
  // Codex refuses helper binaries in a home below the system's temporary directory.
  const folder = resources.use(
    await temporaryDirectory({ parent: cacheDirectory, prefix: `stage-${cli}` }),
  );
  const [home, marks] = [path.join(folder.path, "home"), path.join(folder.path, "marks")];
  await mkdir(home);
  await mkdir(marks);
  await writeFile(path.join(home, ".gitconfig"), "[user]\nname = Agent\nemail = agent@test\n");
  const repository = await makeRepository(folder.path);
  const model = resources.use(await startFakeModel({ scenario: { rules: [] } }));
  const pointed = await pointAtFakeModel(cli, { home, url: model.url, retries: "few" });
  const product = resources.use(
    await startProduct({
      agentDirectories: [
        path.dirname(installed.executable),
        ...(installed.nodePath === undefined ? [] : [installed.nodePath]),
      ],
      daemonEnvironment: pointed.environment,
    }),
  );
  const project = await product.call(projects.create, {
    workspace,
    title: "Greetings",
    repositories: [{ url: repository }],
  });
  const agent = await product.createAgent(`Real ${cli}`, cli, { model: pointed.mainModel });
  const processes = resources.use(watchDescendants(() => product.daemon().pid));
  const observed: Observed = { coverage: [], stoppedInMs: null };
  const everything = resources.move();
  return {
    profile,
    version: installed.version,
    product,
    processes,
    observed,
    servedModel: profile.servedModel ?? pointed.mainModel,
    model,
    pointed,
    agent,
    repository,
    mark: (name) => path.join(marks, name),
    play: (rules, options = {}) =>
      model.setScenario({ ...options, rules: [pointed.sideRule, ...rules] }),
    assign: (title) => product.assign(title, agent, { projectId: project.id as ProjectId }),
    async [Symbol.asyncDispose]() {
      await everything.disposeAsync();
      // Whoever still has the home of this stage in its environment was left behind.
      expect(processesOf(folder.path)).toEqual([]);
    },
  };
}

/** A bare repository with one commit on its default branch. */
async function makeRepository(folder: string): Promise<string> {
  const [seed, bare] = [path.join(folder, "seed"), path.join(folder, "greetings.git")];
  const git = (...words: string[]): Promise<unknown> =>
    run("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.test", ...words]);
  await git("init", "--quiet", "--initial-branch=main", seed);
  await writeFile(path.join(seed, "README.md"), "# Greetings\n");
  await git("-C", seed, "add", "README.md");
  await git("-C", seed, "commit", "--quiet", "-m", "Begin");
  await git("clone", "--quiet", "--bare", seed, bare);
  return bare;
}

/** What git says about a repository. */
export async function askGit(repository: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await run("git", ["-C", repository, ...words]);
  return stdout.trim();
}
