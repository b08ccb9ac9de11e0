import type { Abort } from "../../mappers/acp/turn-outcome.ts";

/** A run that we end ourselves, with the sentence and class it is to be reported with. */
export class GivenUp extends Error {
  readonly abort: Abort;

  constructor(abort: Abort) {
    super(abort.message);
    this.name = "GivenUp";
    this.abort = abort;
  }
}
