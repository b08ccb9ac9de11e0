import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Agents call this program many times within a run, each in a fresh temporary folder, so that the
// default place of the cache would never be warm.
enableCompileCache(fileURLToPath(new URL("../../../.cache/compile", import.meta.url)));

const { runCli } = await import("./run-cli.ts");
const { processIo } = await import("./process-io.ts");
process.exitCode = await runCli(process.argv.slice(2), processIo());
