import type { Driver } from "../../core/driver.ts";
import { startRun, type Conversation } from "../../core/start-run.ts";

/** Drives CLIs that read one prompt from stdin, write one event per line and end. */
export const ndjsonDriver: Driver = (spec, options, sink) => {
  const mapper = spec.createMapper({
    model: options.model,
    resumeSessionId: options.resumeSessionId,
    baseline: null,
    usage: spec.usage,
  });
  return startRun(spec, options, sink, {
    mapper,
    converse: (controls): Conversation => ({
      open() {
        controls.send(options.prompt);
        controls.closeInput();
      },
      read: () => undefined,
      askToStop: () => false,
      close: () => undefined,
    }),
  });
};
