import { readFileSync } from "node:fs";
import { startDaemon } from "../start-daemon.ts";
import type { DaemonConfig } from "../state/daemon-config.ts";

/** A daemon in a process of its own, to be killed. Its configuration is in the file that is named. */
const [, , file = ""] = process.argv;
const daemon = await startDaemon(JSON.parse(readFileSync(file, "utf8")) as DaemonConfig);
await daemon.ended;
