import type {
  AgentId,
  DaemonId,
  ProjectId,
  RuntimeId,
  UserId,
  WorkspaceId,
} from "@headcount/contract/kit/ids";

/** One of the twenty workspaces of the benchmark, with everybody and everything in it. */
export type BenchWorkspace = {
  readonly id: WorkspaceId;
  readonly slug: string;
  /** Part of all events that belongs to it; the shares of all workspaces add up to 1. */
  readonly share: number;
  readonly agentIds: readonly AgentId[];
  readonly projectIds: readonly ProjectId[];
  readonly runtimeIds: readonly RuntimeId[];
  readonly memberIds: readonly UserId[];
};

/** A machine that may report usage, with its token. */
export type BenchMachine = { readonly id: DaemonId; readonly token: string };

export type Fleet = {
  readonly workspaces: readonly BenchWorkspace[];
  /** The workspace with the largest share. */
  readonly hot: BenchWorkspace;
  readonly machines: readonly BenchMachine[];
  /** Personal token of the owner of all workspaces. */
  readonly ownerToken: string;
};

export const workspaceCount = 20;
export const hotShare = 0.4;
export const agentsEach = 50;
export const projectsEach = 10;
export const runtimesEach = 20;
export const membersEach = 20;
/** Days of history, today included. */
export const historyDays = 180;
/** Machines that report at once, at most. */
export const machineCount = 16;
