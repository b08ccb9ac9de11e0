import type { Cli } from "../cli.ts";
import { drawBar } from "./draw-bar.ts";
import { inkOf } from "./ink.ts";

/** One line on a person's terminal that says how much of a known number of steps is done. */
export type CountProgress = {
  /** @param doing what is being done now, a few words */
  show(done: number, doing: string): void;
  /** Takes the line away. */
  end(): void;
};

const barColumns = 24;
const clearLine = "\r\u{1B}[K";

/** Silent with `--quiet`, and for everything that is not a terminal. */
export function countProgress(cli: Pick<Cli, "io" | "global">, steps: number): CountProgress {
  const { stderr, environment } = cli.io;
  if (!stderr.isTerminal || cli.global.quiet) return { show: () => {}, end: () => {} };
  const ink = inkOf({ stdout: stderr, environment });
  return {
    show(done, doing) {
      const share = steps === 0 ? 1 : done / steps;
      const bar = drawBar(share, barColumns, ink).padEnd(barColumns);
      const percent = `${Math.floor(share * 100)}`.padStart(3);
      const text = `${bar} ${percent}% ${doing}`;
      stderr.write(`${clearLine}${stderr.columns > 0 ? text.slice(0, stderr.columns) : text}`);
    },
    end: () => stderr.write(clearLine),
  };
}
