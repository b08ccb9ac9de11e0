import {
  ScriptedServer,
  type ScriptedReply,
  type SeenRequest,
} from "@headcount/client/scripted-server.fixture";
import { daemon } from "@headcount/contract/daemon/routes";
import type {
  ClaimedTask,
  HeldLease,
  OutboxRecord,
  TaskStart,
} from "@headcount/contract/daemon/schemas";
import {
  newId,
  type AgentId,
  type IssueId,
  type RuntimeId,
  type TaskId,
  type WorkspaceId,
} from "@headcount/contract/kit/ids";
import { LimitStop } from "@headcount/contract/tasks/states";
import { contractVersion, productVersion } from "@headcount/contract/version";

const workspaceId = newId<WorkspaceId>();

const serverConfig = {
  serverVersion: productVersion,
  contractVersion,
  needsOwner: false,
  emailCodes: false,
  publicUrl: "http://127.0.0.1",
};

type BodyOf<Kind extends OutboxRecord["kind"]> = Extract<OutboxRecord, { kind: Kind }>["body"];

/** The other side of the daemon's protocol, in memory. Every request is checked by the contract. */
export class ScriptedHeadcount implements AsyncDisposable {
  readonly workspaceId = workspaceId;
  readonly #server: ScriptedServer;
  readonly #runtimes = new Map<string, RuntimeId>();
  readonly #claims = new Map<string, ClaimedTask[]>();
  readonly repositories: { url: string; description: string }[] = [];
  /** Bundles of skills by hash. */
  readonly bundles = new Map<string, string>();
  queue: ClaimedTask[] = [];
  readonly records: OutboxRecord[] = [];
  readonly starts: (TaskStart & { readonly taskId: string })[] = [];
  readonly waits: {
    readonly taskId: string;
    readonly directory: string;
    readonly holder: string;
  }[] = [];
  readonly givenBack: { readonly taskId: string; readonly reason: string }[] = [];
  readonly claimRequests: { readonly claimId: string; readonly max: number }[] = [];
  readonly farewells: string[] = [];
  /** Leases of each heartbeat, oldest first. */
  readonly beats: (readonly HeldLease[])[] = [];
  owned: { workspaceId: WorkspaceId; taskId: TaskId; lease: number; status: string }[] = [];
  readonly verdicts = new Map<string, "lost" | "cancel" | LimitStop>();
  /** Answers instead of the script when it returns something. */
  intercept: (path: string, request: SeenRequest) => ScriptedReply | Promise<ScriptedReply> | null =
    () => null;

  private constructor(server: ScriptedServer) {
    this.#server = server;
    server.answer = (request) => this.#answer(request);
    server.onSocket = (socket) => socket.send(JSON.stringify({ type: "ready" }));
  }

  static async start(): Promise<ScriptedHeadcount> {
    return new ScriptedHeadcount(await ScriptedServer.start());
  }

  get baseUrl(): string {
    return this.#server.baseUrl;
  }

  hint(hint: unknown): void {
    for (const socket of this.#server.sockets) socket.send(JSON.stringify(hint));
  }

  recordsOf<Kind extends OutboxRecord["kind"]>(kind: Kind): readonly BodyOf<Kind>[] {
    const records = this.records.filter((record) => record.kind === kind);
    // The filter has chosen by the word that decides the shape.
    return records.map((record) => record.body as BodyOf<Kind>);
  }

  hasRuntime(cli: string): boolean {
    return this.#runtimes.has(cli);
  }

  runtimeOf(cli: string): RuntimeId {
    const id = this.#runtimes.get(cli);
    if (id === undefined) throw new Error(`${cli} is not registered`);
    return id;
  }

  /** From now on the server does not know this runtime. */
  forget(cli: string): void {
    this.#runtimes.delete(cli);
  }

  /** A task for the scripted agent; `what` is the word after `do:`. */
  task(what: string, changes: Partial<ClaimedTask> = {}): ClaimedTask {
    const runtimeId = this.#runtimes.get("claude") ?? newId<RuntimeId>();
    return {
      workspaceId,
      workspaceSlug: "acme",
      taskId: newId<TaskId>(),
      lease: 1,
      attempt: 1,
      token: `hct_${"canary-token-of-a-task".padEnd(40, "0")}`,
      runtimeId,
      cli: "claude",
      agent: {
        id: newId<AgentId>(),
        name: "Ada Agent",
        model: null,
        effort: null,
        arguments: [],
        environment: {},
        mcpServers: null,
        wallClockMinutes: null,
      },
      issue: { id: newId<IssueId>(), key: "ACM-1", title: "Say hello" },
      repositories: [],
      skills: [],
      directory: null,
      brief: "You are Ada.\nBe brief.",
      turnPrompt: `Please do:${what} now.`,
      continuityNotice: "",
      resume: null,
      reuseWorkDirectory: null,
      ...changes,
    };
  }

  #answer(request: SeenRequest): ScriptedReply | Promise<ScriptedReply> {
    if (request.url.pathname === "/api/config") return { body: serverConfig };
    const path = request.url.pathname.replace("/api/daemon/", "");
    const own = this.intercept(path, request);
    if (own !== null) return own;
    if (path !== "enrol" && request.headers.authorization !== "Bearer hcd_test") {
      return { status: 401, body: errorBody("unauthenticated", "token") };
    }
    return { body: this.#reply(path, request.body) };
  }

  #reply(path: string, body: unknown): unknown {
    const [head, taskId, action] = path.split("/");
    if (head === "skills" && taskId !== undefined) {
      return { hash: taskId, body: this.bundles.get(taskId) ?? "" };
    }
    if (head === "tasks" && taskId !== undefined) return this.#taskCall(action, taskId, body);
    switch (path) {
      case "enrol": {
        const { daemonId } = daemon.enrol.input.parse(body);
        return { daemonId, token: "hcd_test", ownerName: "Owner" };
      }
      case "workspaces":
        return { items: [{ id: workspaceId, slug: "acme", name: "Acme" }], membershipVersion: "1" };
      case "register":
        return this.#register(daemon.register.input.parse(body).runtimes);
      case "heartbeat":
        return this.#heartbeat(body);
      case "claim":
        return this.#claim(body);
      case "outbox":
        return this.#store(body);
      case "tasks":
        return { items: this.owned };
      case "deregister":
        this.farewells.push(daemon.deregister.input.parse(body).reason);
        return {};
      case "gc-check":
        return { items: [] };
      default:
        throw new Error(`unexpected call ${path}`);
    }
  }

  #register(runtimes: readonly { readonly cli: string }[]): unknown {
    const items = runtimes.map(({ cli }) => {
      const id = this.#runtimes.get(cli) ?? newId<RuntimeId>();
      this.#runtimes.set(cli, id);
      return { id, cli };
    });
    return { runtimes: items, repositories: this.repositories };
  }

  #heartbeat(body: unknown): unknown {
    const beat = daemon.heartbeat.input.parse(body);
    this.beats.push(beat.leases);
    return {
      runtimes: beat.runtimeIds.map((id) => ({
        id,
        state: [...this.#runtimes.values()].includes(id) ? "ok" : "gone",
      })),
      leases: beat.leases.map(({ taskId, lease }) => ({
        taskId,
        lease,
        ...verdictOf(this.verdicts.get(taskId)),
      })),
      membershipVersion: "1",
      serverTime: new Date().toISOString(),
    };
  }

  #claim(body: unknown): unknown {
    const { claimId, max } = daemon.claim.input.parse(body);
    this.claimRequests.push({ claimId, max });
    const tasks = this.#claims.get(claimId) ?? this.queue.splice(0, max);
    this.#claims.set(claimId, tasks);
    return { tasks };
  }

  #store(body: unknown): unknown {
    const { records } = daemon.outbox.input.parse(body);
    const name = (record: OutboxRecord): string =>
      `${record.taskId}.${record.lease}.${record.sequence}`;
    const known = new Set(this.records.map(name));
    this.records.push(...records.filter((record) => !known.has(name(record))));
    return {
      acknowledgements: records.map((record) => ({
        taskId: record.taskId,
        lease: record.lease,
        sequence: record.sequence,
        result: known.has(name(record)) ? "duplicate" : "stored",
        reason: null,
      })),
    };
  }

  #taskCall(action: string | undefined, taskId: string, body: unknown): unknown {
    const input = { ...(body as object), taskId };
    if (action === "start") {
      this.starts.push(daemon.start.input.parse(input));
      return { startedAt: new Date().toISOString() };
    }
    if (action === "give-back") {
      this.givenBack.push(daemon.giveBack.input.parse(input));
      return {};
    }
    this.waits.push(daemon.waiting.input.parse(input));
    return {};
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
  }
}

export function errorBody(code: string, reason: string): unknown {
  return { code, reason, message: reason, requestId: "r" };
}

function verdictOf(verdict: "lost" | "cancel" | LimitStop | undefined): object {
  const limit = LimitStop.safeParse(verdict).data;
  return limit === undefined ? { state: verdict ?? "ok" } : { state: "stop", reason: limit };
}
