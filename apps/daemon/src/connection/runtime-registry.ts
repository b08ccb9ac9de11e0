import type { DaemonWorkspace } from "@headcount/contract/daemon/schemas";
import type { RuntimeId, WorkspaceId } from "@headcount/contract/kit/ids";

export type HostedRuntime = {
  readonly id: RuntimeId;
  readonly cli: string;
  readonly workspaceId: WorkspaceId;
};

/** The workspaces that this machine serves and the runtimes it has in each. */
export class RuntimeRegistry {
  readonly #workspaces = new Map<WorkspaceId, DaemonWorkspace>();
  readonly #runtimes = new Map<RuntimeId, HostedRuntime>();

  readonly #repositories = new Map<WorkspaceId, readonly string[]>();

  get workspaces(): readonly DaemonWorkspace[] {
    return [...this.#workspaces.values()];
  }

  get runtimes(): readonly HostedRuntime[] {
    return [...this.#runtimes.values()];
  }

  find(id: RuntimeId): HostedRuntime | undefined {
    return this.#runtimes.get(id);
  }

  /** Takes over the list of workspaces; what is no longer in it is dropped with its runtimes. */
  setWorkspaces(workspaces: readonly DaemonWorkspace[]): void {
    const kept = new Set(workspaces.map((workspace) => workspace.id));
    this.#workspaces.clear();
    for (const workspace of workspaces) this.#workspaces.set(workspace.id, workspace);
    for (const runtime of this.runtimes) {
      if (!kept.has(runtime.workspaceId)) this.#runtimes.delete(runtime.id);
    }
  }

  setRuntimes(
    workspaceId: WorkspaceId,
    runtimes: readonly { readonly id: RuntimeId; readonly cli: string }[],
  ): void {
    for (const known of this.runtimes) {
      if (known.workspaceId === workspaceId) this.#runtimes.delete(known.id);
    }
    for (const { id, cli } of runtimes) this.#runtimes.set(id, { id, cli, workspaceId });
  }

  /** Addresses of the repositories that agents of the workspace may work on. */
  setRepositories(workspaceId: WorkspaceId, urls: readonly string[]): void {
    this.#repositories.set(workspaceId, urls);
  }

  repositoriesOf(workspaceId: WorkspaceId): readonly string[] {
    return this.#repositories.get(workspaceId) ?? [];
  }

  /** The server does not know the runtime any more; returns its workspace when it was hosted. */
  drop(id: RuntimeId): WorkspaceId | null {
    const runtime = this.#runtimes.get(id);
    this.#runtimes.delete(id);
    return runtime?.workspaceId ?? null;
  }
}
