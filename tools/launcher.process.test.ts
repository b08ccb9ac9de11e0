import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { expect, onTestFinished, test } from "vitest";

const launcher = path.join(import.meta.dirname, "..", "bin", "headcount.mjs");

test("runs the entry as the main program with its arguments, from any folder and through a link", () => {
  const place = makePlace(
    `console.log(JSON.stringify([import.meta.main, process.cwd(), ...process.argv.slice(2)]));
     const code: number = 3; process.exit(code);`,
  );
  const link = path.join(place.directory, "linked command");
  symlinkSync(launcher, link);

  const result = spawnSync(process.execPath, [link, "issue", "list", "--all of it"], {
    cwd: place.directory,
    encoding: "utf8",
    env: place.env,
  });

  expect(JSON.parse(result.stdout)).toEqual([
    true,
    place.directory,
    "issue",
    "list",
    "--all of it",
  ]);
  expect(result.status).toBe(3);
});

test("lets a signal arrive once and gives back the exit code", async () => {
  const place = makePlace(
    `let signals = 0;
     process.on("SIGTERM", () => { signals += 1; setImmediate(() => process.exit(40 + signals)); });
     setInterval(() => {}, 1e6); console.log("waiting");`,
  );
  const child = spawn(process.execPath, [launcher], {
    env: place.env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");

  child.kill("SIGTERM");

  const [code] = await once(child, "exit");
  expect(code).toBe(41);
});

function makePlace(source: string): {
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
} {
  const directory = mkdtempSync(path.join(tmpdir(), "headcount launcher "));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const main = path.join(directory, "main.ts");
  writeFileSync(main, source);
  return { directory, env: { ...process.env, HEADCOUNT_LAUNCHER_MAIN: main } };
}
