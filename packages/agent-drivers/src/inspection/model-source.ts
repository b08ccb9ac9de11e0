import type { Answer } from "./cli-inspection.ts";

/**
 * How a program is asked for its models. `session`: the handshake of its protocol, without any
 * prompt. `command`: a short command that prints them. `none`: it has no such thing, or its choice
 * of a model cannot be set for a single run.
 */
export type ModelSource =
  | { readonly kind: "session" }
  | {
      readonly kind: "command";
      readonly arguments: readonly string[];
      readonly read: (output: ProgramOutput) => Answer;
    }
  | { readonly kind: "none" };

/** What a short command printed before it ended. */
export type ProgramOutput = {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
};
