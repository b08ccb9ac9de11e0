export type Throttled = {
  /** Asks for a run: at once when the last one is long enough ago, else as soon as it is. */
  readonly ask: () => void;
  /** Forgets a run that is still due. */
  readonly stop: () => void;
};

/** Runs something at most once per `everyMs`, the first time at once, and never forgets the last ask. */
export function throttled(run: () => void, everyMs: number): Throttled {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  const start = () => {
    asked = false;
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (asked) start();
    }, everyMs);
  };
  return {
    ask: () => {
      asked = true;
      if (timer === undefined) start();
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
      asked = false;
    },
  };
}
