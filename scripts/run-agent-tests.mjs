// The real agent programs, driven by the whole product against the scripted model server.
import { runVitest } from "./lib/run-vitest.mjs";

const given = process.argv.slice(2);
process.exitCode = await runVitest(["--config", "vitest.agents.config.ts", ...given]);
