import type { DaemonId, RuntimeId } from "@headcount/contract/kit/ids";

/** A machine asks for work for slots that it has reserved. */
export type Claim = {
  /** Chosen by the machine; repeating it returns the same tasks. */
  readonly claimId: string;
  readonly daemonId: DaemonId;
  readonly runtimeIds: readonly RuntimeId[];
  readonly max: number;
};
