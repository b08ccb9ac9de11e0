import { Readable, Writable } from "node:stream";
import { ndJsonStream } from "@agentclientprotocol/sdk";
import { createTutorialApp } from "./tutorial-app.ts";
import { tutorialVersion } from "./tutorial-version.ts";

/**
 * The agent that is shipped with Headcount so that the whole loop can be seen without any model:
 * it speaks the Agent Client Protocol on its standard streams, like a real agent does.
 */
if (process.argv.includes("--version")) {
  process.stdout.write(`headcount-tutorial-agent ${tutorialVersion}\n`);
} else {
  const input = Readable.toWeb(process.stdin) as ReadableStream<Uint8Array>;
  const output = Writable.toWeb(process.stdout) as WritableStream<Uint8Array>;
  const connection = createTutorialApp(process.env).connect(ndJsonStream(output, input));
  await connection.closed;
}
