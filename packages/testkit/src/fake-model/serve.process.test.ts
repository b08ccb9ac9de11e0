import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("runs as a program until it is told to stop", async () => {
  const program = fileURLToPath(new URL("serve.ts", import.meta.url));
  const scenario = fileURLToPath(new URL("scenarios/hello.anthropic.json", import.meta.url));
  const argv = [program, "--scenario", scenario, "--var", "cwd=/somewhere"];
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const { url } = JSON.parse(line) as { url: string };
  const body = JSON.stringify({ model: "m", tools: [{ name: "Write" }] });
  const response = await fetch(`${url}/v1/messages`, { method: "POST", body });
  expect(await response.text()).toContain("/somewhere/hello.txt");
  child.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
});
