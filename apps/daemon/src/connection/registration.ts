import { ApiError } from "@headcount/client/api-error";
import { backoffMs } from "@headcount/client/backoff";
import type { ApiClient } from "@headcount/client/make-client";
import { daemon } from "@headcount/contract/daemon/routes";
import type { DaemonIdentity, RuntimeRegistration } from "@headcount/contract/daemon/schemas";
import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { messageOf, type Log } from "../log.ts";
import { WakeSignal } from "../wake-signal.ts";
import type { Credentials } from "./credentials.ts";
import type { RuntimeRegistry } from "./runtime-registry.ts";

export type RegistrationOptions = {
  readonly client: ApiClient;
  readonly credentials: Credentials;
  readonly registry: RuntimeRegistry;
  readonly identity: DaemonIdentity;
  readonly runtimes: () => readonly RuntimeRegistration[];
  readonly slots: () => { readonly total: number; readonly free: number };
  /** Called whenever runtimes have been announced. */
  readonly onRegistered: () => void;
  readonly log: Log;
};

const failureBackoff = { baseMs: 1_000, maxMs: 60_000, jitter: 0.2 };
const routinePollMs = 5 * 60_000;
/** A removed runtime is announced again after this long, once for all that vanish meanwhile. */
const goneMs = 30_000;

/** Keeps the server's picture of this machine right: its workspaces and what it can run in each. */
export class Registration {
  readonly #options: RegistrationOptions;
  readonly #wake = new WakeSignal();
  /** What was announced last, per workspace; equal announcements are not repeated. */
  readonly #announced = new Map<WorkspaceId, string>();
  readonly #refusals = new Map<WorkspaceId, string>();
  #membershipVersion: string | null = null;
  #goneTimer: ReturnType<typeof setTimeout> | null = null;
  #isSynced = false;

  constructor(options: RegistrationOptions) {
    this.#options = options;
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Why this machine is not registered in a workspace that it should serve; null where it is. */
  refusalOf(workspaceId: WorkspaceId): string | null {
    return this.#refusals.get(workspaceId) ?? null;
  }

  /** Workspaces or CLIs may have changed: look again now. */
  refresh(): void {
    this.#wake.ring();
  }

  onMembershipVersion(version: string): void {
    if (version !== this.#membershipVersion) this.#wake.ring();
  }

  /** The server has forgotten a runtime of this workspace. */
  onGone(workspaceId: WorkspaceId): void {
    this.#announced.delete(workspaceId);
    this.#goneTimer ??= setTimeout(() => {
      this.#goneTimer = null;
      this.#wake.ring();
    }, goneMs);
  }

  async run(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      await this.#options.credentials.obtain(signal);
      if (signal.aborted) break;
      failures = (await this.#tryOnce(signal)) ? 0 : failures + 1;
      const pauseMs =
        failures === 0 ? routinePollMs : backoffMs(failureBackoff, failures - 1, Math.random());
      await this.#wake.sleep(pauseMs, signal);
    }
    if (this.#goneTimer !== null) clearTimeout(this.#goneTimer);
  }

  async #tryOnce(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#sync(signal);
      return true;
    } catch (error) {
      if (signal.aborted) return true;
      this.#options.log("warn", "this machine could not be registered", {
        error: messageOf(error),
      });
      if (error instanceof ApiError && error.code === "unauthenticated") {
        this.#options.log("warn", "the machine token was refused; run `headcount setup` again");
        await this.#options.credentials.onRefused();
      }
      return false;
    }
  }

  async #sync(signal: AbortSignal): Promise<void> {
    const { client, registry } = this.#options;
    const reply = await client.call(daemon.workspaces, {}, { signal });
    registry.setWorkspaces(reply.items);
    for (const id of this.#announced.keys()) {
      if (!reply.items.some((workspace) => workspace.id === id)) this.#announced.delete(id);
    }
    const results = await Promise.allSettled(
      reply.items.map(({ id }) => this.#announce(id, signal)),
    );
    this.#refusals.clear();
    for (const [index, { id }] of reply.items.entries()) {
      const result = results[index];
      if (result?.status === "rejected") this.#refusals.set(id, messageOf(result.reason));
    }
    this.#membershipVersion = reply.membershipVersion;
    this.#isSynced = true;
    // One workspace that refuses keeps no other from being served; it is tried again later.
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }

  async #announce(workspaceId: WorkspaceId, signal: AbortSignal): Promise<void> {
    const { client, identity, runtimes, slots, registry, onRegistered } = this.#options;
    const wanted = runtimes();
    const announcement = JSON.stringify(wanted);
    if (this.#announced.get(workspaceId) === announcement) return;
    const reply = await client.call(
      daemon.register,
      { workspaceId, identity, slots: slots(), runtimes: [...wanted] },
      { signal },
    );
    registry.setRuntimes(workspaceId, reply.runtimes);
    registry.setRepositories(
      workspaceId,
      reply.repositories.map((repository) => repository.url),
    );
    this.#announced.set(workspaceId, announcement);
    onRegistered();
  }
}
