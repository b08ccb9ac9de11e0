import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { daemonNodeFlags } from "@headcount/client/daemon-node-flags";
import { makeClient, type ApiClient } from "@headcount/client/make-client";
import { agents } from "@headcount/contract/agents/routes";
import type { Agent } from "@headcount/contract/agents/schemas";
import type { InputOf, OutputOf, Route } from "@headcount/contract/kit/route";
import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import type { ProjectId, TaskId, UserId } from "@headcount/contract/kit/ids";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { tasks } from "@headcount/contract/tasks/routes";
import type { Task } from "@headcount/contract/tasks/schemas";
import { invitations } from "@headcount/contract/members/routes";
import { account, auth, join } from "@headcount/contract/users/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { profilePaths } from "@headcount/daemon/state/profile-paths";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { type StartedProcess, startProcess } from "./child-process.ts";
import { endProcess } from "./end-process.ts";
import { freePort } from "./free-port.ts";
import { signUp } from "./sign-up.ts";

const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));
export const workspace = "acme";

export type ProductOptions = {
  /** External database; the embedded one of a fresh data directory when absent. */
  readonly databaseUrl?: string;
  /** Folders put first on the PATH of the daemon: where agent CLIs are found. */
  readonly agentDirectories?: readonly string[];
  /** More environment for the daemon, and so for the agents that it runs. */
  readonly daemonEnvironment?: Readonly<Record<string, string>>;
  /** What the daemon is told the server's address is: for a proxy between the two. */
  readonly serverUrlForDaemon?: (url: string) => string;
  /** More environment for the server. */
  readonly serverEnvironment?: Readonly<Record<string, string>>;
  /** Let the server run the daemon of its machine, instead of a daemon of its own process. */
  readonly localDaemon?: boolean;
  /** Serve the built web app too. */
  readonly web?: boolean;
};

/** Somebody who was invited into the workspace. */
export type Person = {
  readonly id: UserId;
  readonly name: string;
  readonly token: string;
  readonly client: ApiClient;
};

/** The product as separate processes: a server and a daemon, with an owner and the workspace acme. */
export type Product = {
  readonly url: string;
  readonly directory: string;
  /** Everything that the daemon keeps. */
  readonly daemonDirectory: string;
  readonly ownerToken: string;
  call<R extends Route>(route: R, input: InputOf<R>): Promise<OutputOf<R>>;
  clientFor(token: string): ApiClient;
  /** Lets another person join the workspace as a member. */
  invite(name: string): Promise<Person>;
  server(): StartedProcess;
  daemon(): StartedProcess;
  /** What the daemon has written, or the server when that runs it. */
  machineLog(): string;
  stopServer(signal?: NodeJS.Signals): Promise<void>;
  startServer(): Promise<void>;
  stopDaemon(signal?: NodeJS.Signals): Promise<void>;
  startDaemon(): void;
  /** Waits until the daemon has announced a usable runtime of this agent CLI. */
  runtimeOf(cli: string): Promise<Runtime>;
  createAgent(name: string, cli: string, fields?: AgentSettings): Promise<Agent>;
  assign(
    title: string,
    agent: Agent,
    fields?: { description?: string; projectId?: ProjectId },
  ): Promise<{ issue: Issue; taskId: TaskId }>;
  /** Waits until a task is in one of these states. */
  taskIn(taskId: TaskId, states: readonly Task["status"][], timeoutMs?: number): Promise<Task>;
  taskEnded(taskId: TaskId, timeoutMs?: number): Promise<Task>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type AgentSettings = {
  readonly model?: string;
  readonly access?: Agent["access"];
};

const endStates = ["completed", "failed", "cancelled"] as const;

/** Starts server and daemon, signs the owner in and makes the workspace. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const temporary = await temporaryDirectory({ prefix: "hc-" });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const dataDirectory = path.join(temporary.path, "server");
  const stateDirectory = options.localDaemon
    ? path.join(dataDirectory, "daemon")
    : path.join(temporary.path, "daemon");
  const enrolTokenFile = path.join(temporary.path, "enrol-token");
  const base = baseEnvironment(temporary.path);
  let server: StartedProcess;
  let daemon: StartedProcess | null = null;

  const startServer = async (): Promise<void> => {
    server = startProcess(
      [
        process.execPath,
        path.join(repositoryRoot, "bin/headcount.mjs"),
        "server",
        `--port=${port}`,
        `--data-dir=${dataDirectory}`,
        ...(options.localDaemon ? [] : ["--no-local-daemon"]),
        ...(options.web ? [] : ["--roles=api,realtime,jobs"]),
      ],
      {
        ...base,
        HEADCOUNT_LOG_LEVEL: "warn",
        ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
        ...options.serverEnvironment,
      },
    );
    await server.says(/Headcount is ready at/);
  };
  await startServer();
  const ownerToken = await becomeOwner(url, () => server);
  const client = makeClient({ baseUrl: url, token: ownerToken, clientName: "test" });
  await client.call(workspaces.create, { name: "Acme", slug: workspace });
  const { value } = await client.call(account.createToken, { name: "enrolment" });
  await writeFile(enrolTokenFile, value, { mode: 0o600 });

  const startDaemon = (): void => {
    daemon = startProcess(
      [process.execPath, ...daemonNodeFlags, path.join(repositoryRoot, "apps/daemon/src/main.ts")],
      {
        ...base,
        PATH: [...(options.agentDirectories ?? []), base["PATH"]].join(path.delimiter),
        HEADCOUNT_SERVER_URL: options.serverUrlForDaemon?.(url) ?? url,
        HEADCOUNT_STATE_DIR: stateDirectory,
        HEADCOUNT_ENROL_TOKEN_FILE: enrolTokenFile,
        HEADCOUNT_DEVICE_NAME: "test-machine",
        ...options.daemonEnvironment,
      },
    );
  };
  if (!options.localDaemon) startDaemon();

  const product: Product = {
    url,
    directory: temporary.path,
    daemonDirectory: stateDirectory,
    ownerToken,
    call: (route, input) => client.call(route, input),
    clientFor: (token) => makeClient({ baseUrl: url, token, clientName: "test" }),
    invite: (name) => invite(product, name),
    server: () => server,
    daemon: () => requireProcess(daemon),
    machineLog: () => (daemon ?? server).output(),
    startServer,
    async stopServer(signal = "SIGTERM") {
      server.kill(signal);
      await server.exited;
    },
    startDaemon,
    async stopDaemon(signal = "SIGTERM") {
      requireProcess(daemon).kill(signal);
      await requireProcess(daemon).exited;
    },
    runtimeOf: (cli) => runtimeOf(product, cli),
    async createAgent(name, cli, fields = {}) {
      const runtime = await product.runtimeOf(cli);
      return product.call(agents.create, { workspace, name, runtimeId: runtime.id, ...fields });
    },
    async assign(title, agent, fields = {}) {
      const { issue, triggers } = await product.call(issues.create, {
        workspace,
        title,
        assignee: { type: "agent", id: agent.id },
        ...fields,
      });
      const taskId = triggers[0]?.taskId;
      if (!taskId) throw new Error(`Assigning started nothing: ${JSON.stringify(triggers)}`);
      return { issue, taskId };
    },
    taskIn: (taskId, states, timeoutMs = 60_000) => taskIn(product, taskId, states, timeoutMs),
    taskEnded: (taskId, timeoutMs = 60_000) => taskIn(product, taskId, endStates, timeoutMs),
    async [Symbol.asyncDispose]() {
      await endDaemon(daemon);
      await endProcess(server);
      // A daemon that was killed could not do it itself.
      await rm(profilePaths(stateDirectory).temporary, { recursive: true, force: true });
      await temporary[Symbol.asyncDispose]();
    },
  };
  return product;
}

async function becomeOwner(url: string, server: () => StartedProcess): Promise<string> {
  const [, secret = ""] = await server().says(/Owner link: \S+#(\S+)/);
  return signUp(url, auth.setup.path, { secret, name: "Ada", email: "ada@example.test" });
}

async function invite(product: Product, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}@example.test`;
  const { url } = await product.call(invitations.create, { workspace, email, role: "member" });
  const code = url.split("/").at(-1) ?? "";
  const token = await signUp(product.url, join.accept.path.replace(":code", code), { name });
  const client = product.clientFor(token);
  const { user } = await client.call(account.me, {});
  return { id: user.id, name, token, client };
}

async function runtimeOf(product: Product, cli: string): Promise<Runtime> {
  return waitFor(
    async () => {
      const { items } = await product.call(runtimes.list, { workspace });
      return items.find(
        (runtime) => runtime.cli === cli && runtime.health === "online" && runtime.problem === null,
      );
    },
    {
      describe: () => `a runtime of ${cli}; the machine says:\n${product.machineLog()}`,
      timeoutMs: 60_000,
    },
  ) as Promise<Runtime>;
}

async function taskIn(
  product: Product,
  taskId: TaskId,
  states: readonly Task["status"][],
  timeoutMs: number,
): Promise<Task> {
  let last = "";
  return waitFor(
    async () => {
      // The server may be away for a while; that is what some of these tests are about.
      const task = await product.call(tasks.get, { workspace, taskId }).catch(() => null);
      if (task !== null) last = `${task.status} ${task.failureReason ?? ""} ${task.error ?? ""}`;
      return task !== null && states.includes(task.status) ? task : undefined;
    },
    { describe: () => `task ${taskId} in ${states.join(" or ")}; it was ${last}`, timeoutMs },
  ) as Promise<Task>;
}

/** Nothing of the developer's own Headcount or agents leaks into a test. */
function baseEnvironment(home: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) =>
      value !== undefined &&
      !/^(HEADCOUNT_|CLAUDE|ANTHROPIC|OPENAI|CODEX|GEMINI|DATABASE_URL|VITEST|NODE_|XDG_)/.test(
        name,
      ),
  );
  return { ...(Object.fromEntries(kept) as Record<string, string>), HOME: home };
}

function requireProcess(process: StartedProcess | null): StartedProcess {
  if (!process) throw new Error("The process was not started");
  return process;
}

/** Asks twice, so that running agents get no grace, and waits for them to be ended all the same. */
async function endDaemon(daemon: StartedProcess | null): Promise<void> {
  const again = setInterval(() => daemon?.kill("SIGTERM"), 1_000);
  await endProcess(daemon, 60_000);
  clearInterval(again);
}
