// Both TypeScript projects: what runs on Node, and the web.
import { spawnSync } from "node:child_process";
import path from "node:path";

import { repositoryRoot, requireRuntime } from "./lib/runtime.mjs";

const compiler = path.join(repositoryRoot, "node_modules", "typescript", "bin", "tsc");
const results = ["tsconfig.json", "apps/web/tsconfig.json"].map((project) =>
  spawnSync(requireRuntime(), [compiler, "-p", project], { cwd: repositoryRoot, stdio: "inherit" }),
);
process.exitCode = results.every((result) => result.status === 0) ? 0 : 1;
