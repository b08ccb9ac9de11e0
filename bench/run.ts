import { benchBoard } from "./board.ts";
import { benchDaemon } from "./daemon.ts";
import { type Figure, printFigures, progress } from "./lib/figures.ts";
import { benchLive } from "./live.ts";
import { benchQueue } from "./queue.ts";
import { benchStart } from "./start.ts";
import { quickOptions } from "./usage/options.ts";
import { benchUsage } from "./usage.ts";

/** Every benchmark, one after the other, so that none disturbs another; one that fails stops no other. */
const figures: Figure[] = [];
for (const [name, bench] of Object.entries({
  start: benchStart,
  queue: benchQueue,
  live: benchLive,
  board: benchBoard,
  daemon: benchDaemon,
  usage: () => benchUsage(quickOptions),
})) {
  progress(`bench:${name}`);
  try {
    figures.push(...(await bench()));
  } catch (error) {
    progress(`bench:${name} failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
printFigures(figures);
