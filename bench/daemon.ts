import { benchCliStart } from "./daemon/cli-start.ts";
import { benchDeliveries } from "./daemon/deliveries.ts";
import { benchParser } from "./daemon/parser.ts";
import { benchRedaction } from "./daemon/redaction.ts";
import { benchTranscripts } from "./daemon/transcripts.ts";
import { type Figure, printFigures } from "./lib/figures.ts";

/** What a machine takes to follow its agents, and what one command costs an agent. */
export async function benchDaemon(): Promise<Figure[]> {
  return [
    ...(await benchParser()),
    ...benchRedaction(),
    ...(await benchTranscripts()),
    ...(await benchDeliveries()),
    ...(await benchCliStart()),
  ];
}

if (import.meta.main) printFigures(await benchDaemon());
