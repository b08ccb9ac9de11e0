import { catalogue } from "../../apps/cli/src/catalogue.ts";
import { processIo } from "../../apps/cli/src/process-io.ts";
import { runCli } from "../../apps/cli/src/run-cli.ts";

/** The command line as one writes it first: every command is there before the words are looked at. */
for (const { commands } of catalogue) for (const load of Object.values(commands)) await load();
process.exitCode = await runCli(process.argv.slice(2), processIo());
