// The server, started again at every change of its sources, and Vite in front of the web application.
import { spawn } from "node:child_process";
import path from "node:path";

import { repositoryRoot, requireRuntime } from "./lib/runtime.mjs";

const runtime = requireRuntime();
const main = path.join(repositoryRoot, "apps", "cli", "src", "main.ts");
const vite = path.join(repositoryRoot, "node_modules", "vite", "bin", "vite.js");
const options = { cwd: repositoryRoot, stdio: "inherit" };

const children = [
  spawn(runtime, ["--watch", main, "server", ...process.argv.slice(2)], options),
  spawn(runtime, [vite, "apps/web"], options),
];
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => children.forEach((child) => child.kill(signal)));
}
for (const child of children) {
  child.once("exit", (code) => {
    process.exitCode ||= code ?? 1;
    for (const other of children) other.kill("SIGTERM");
  });
}
