import { setTimeout as delay } from "node:timers/promises";
import type { LiveSnapshot } from "@headcount/contract/live/snapshot-schemas";
import type { Cli } from "../cli.ts";
import { defineCommand } from "../command.ts";
import { inkOf } from "../output/ink.ts";
import { outputForm } from "../output/print-result.ts";
import { makePrinter } from "../output/printer.ts";
import { printSnapshot } from "./print-snapshot.ts";

const everyMs = 2_000;
/** Of a terminal: home, and away with what is right of the cursor or below it. */
const home = "\u{1B}[H";
const clearLine = "\u{1B}[K";
const clearBelow = "\u{1B}[J";

export const liveCommand = defineCommand({
  name: "live",
  summary: "Watch what goes on right now: gauges, agents at work, what waits and why",
  details:
    "On a terminal it stays and shows itself anew every two seconds until Ctrl-C. Into a pipe or a file, with --once and as JSON it shows one moment.",
  route: "live.snapshot",
  format: "table",
  options: { once: { summary: "show one moment and end" } },
  examples: ["headcount live", "headcount live --output json"],
  async run(cli, { options }) {
    const input = {
      workspace: await cli.workspace(),
      tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
      limit: 20,
    };
    const read = (): Promise<LiveSnapshot> => cli.call("live.snapshot", input);
    const isOnce =
      options.once || !cli.io.stdout.isTerminal || outputForm(cli, { format: "table" }) === "json";
    if (isOnce) return read();
    for (;;) {
      show(cli, await read());
      await delay(everyMs, undefined, { signal: cli.io.signal });
    }
  },
  print(body, printer) {
    if (body) printSnapshot(body, printer);
  },
});

/** Over what was shown before, line by line, so that nothing flickers. */
function show(cli: Cli, snapshot: LiveSnapshot): void {
  const { stdout, environment } = cli.io;
  let text = "";
  const printer = makePrinter({
    write: (part) => {
      text += part;
    },
    hint: (hint) => {
      text += `${hint}\n`;
    },
    columns: stdout.columns || 80,
    ink: inkOf(cli.io),
    colour: !environment["NO_COLOR"] && environment["TERM"] !== "dumb",
    fullId: false,
  });
  printSnapshot(snapshot, printer);
  stdout.write(`${home}${text.replaceAll("\n", `${clearLine}\n`)}${clearBelow}`);
}
