// The browser tests: makes sure of a Chromium and of a fresh web application first.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

import { ensureWeb } from "./lib/ensure-web.mjs";
import { runVitest } from "./lib/run-vitest.mjs";

const candidates = [
  process.env.HEADCOUNT_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const chromium = findChromium() ?? installChromium();
if (!chromium)
  stopWith(
    "No Chromium was found: install it (on Debian `apt-get install chromium`), or set HEADCOUNT_CHROMIUM to its path.",
  );
if (!ensureWeb()) stopWith("The web application could not be built: see the messages above.");

process.env.HEADCOUNT_CHROMIUM = chromium;
const given = process.argv.slice(2);
process.exitCode = await runVitest(["--config", "vitest.e2e.config.ts", ...given]);

function findChromium() {
  return candidates.find((candidate) => candidate && existsSync(candidate));
}

function installChromium() {
  if (process.platform !== "linux" || process.getuid() !== 0) return undefined;
  if (!existsSync("/usr/bin/apt-get")) return undefined;
  process.stderr.write("Installing Chromium with apt-get …\n");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const step of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const result = spawnSync("apt-get", ["-qq", ...step], { env, stdio: ["ignore", 2, 2] });
    if (result.status !== 0) return undefined;
  }
  return findChromium();
}

function stopWith(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.stdout.write("\n0 passed, 1 failed\n");
  process.exit(1);
}
