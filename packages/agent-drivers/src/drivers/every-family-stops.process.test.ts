import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "@headcount/testkit/wait-for";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DriverKind } from "../core/cli-spec.ts";
import { listProcesses, markedProcesses } from "../core/process-tree.ts";
import type { RunOptions } from "../core/types.ts";
import { families } from "../testing/families.ts";
import { namedProcesses } from "../testing/named-processes.ts";
import type { CliScript } from "../testing/scripted-cli.ts";
import { startScripted, type ScriptedRun } from "../testing/start-scripted.ts";
import { driverOf } from "./driver-of.ts";

let root = "";
/** Stands in the command line of every process of the tool under test. */
let name = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "stops-"));
  name = `tool-${randomUUID()}`;
});
afterEach(() => {
  for (const { pid } of namedProcesses(name)) process.kill(pid, "SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

type Tool = {
  readonly what: string;
  /** Shell script; `NAME` is put in place. */
  readonly script: string;
  readonly processes: number;
};

const sleeper = `exec -a NAME tail -f /dev/null`;
const deaf = `trap "" TERM INT HUP; while :; do read -t 60 <> <(:) || :; done # NAME`;
const tools: readonly Tool[] = [
  {
    what: "a tool in a session of its own",
    script: `setsid bash -c '${sleeper}' & wait`,
    processes: 2,
  },
  { what: "a tool that ignores TERM", script: `setsid bash -c '${deaf}' & wait`, processes: 2 },
  {
    what: "a tool whose launcher died first",
    script: `( ( setsid bash -c '${sleeper}' & ) & ) ; exit 0`,
    processes: 1,
  },
  {
    what: "a tool without the marker that still descends from the agent",
    script: `env -i PATH="$PATH" setsid bash -c '${sleeper}' & wait # NAME`,
    processes: 2,
  },
  {
    what: "a tool that forks as long as it lives, and more when it is asked to end",
    script: `setsid bash -c '
      more() { for n in 1 2 3 4 5; do setsid bash -c "${sleeper}" & done; }
      trap more TERM
      for n in 1 2 3 4; do ( while :; do (exec -a NAME sleep 0.2) & sleep 0.05; done ) & done
      while :; do sleep 0.05; done # NAME' & wait`,
    processes: 8,
  },
];

function start(
  family: DriverKind,
  script: CliScript,
  changes: Partial<RunOptions> = {},
): ScriptedRun {
  const { spec } = families[family];
  return startScripted({ driver: driverOf(spec), spec, root }, script, changes);
}

/** How the scripted CLI is started; see `startScripted`. */
function cliArguments(): readonly string[] {
  const cli = join(import.meta.dirname, "../testing/scripted-cli.ts");
  return [cli, join(root, "log.jsonl"), join(root, "script.json")];
}

function marked(run: ScriptedRun): readonly unknown[] {
  return markedProcesses(run.options.marker, listProcesses());
}

function withName(script: string): string {
  return script.replaceAll("NAME", name);
}

async function running(processes: number): Promise<void> {
  await waitFor(() => namedProcesses(name).length >= processes, {
    describe: `${processes} processes`,
    timeoutMs: 20_000,
  });
}

const kinds = Object.keys(families) as DriverKind[];

describe.skipIf(process.platform !== "linux").each(kinds)("INV-55 ending a run of %s", (family) => {
  const { working, finished } = families[family];

  it.each(tools)("INV-55 ends $what on a cancel", async ({ script, processes }) => {
    const run = start(family, working({ tool: withName(script) }));
    await running(processes);
    await run.agent.cancel("cancelled");
    expect(namedProcesses(name)).toEqual([]);
    expect(marked(run)).toEqual([]);
    expect(await run.agent.result).toMatchObject({ status: "cancelled" });
  });

  it("INV-55 ends a CLI that listens to nothing, and its deaf tool", async () => {
    const script = working({ tool: withName(`setsid bash -c '${deaf}' & wait`) });
    const rules = script.rules.filter(({ when }) => !isCancel(when));
    const run = start(family, { ...script, rules, isStubborn: true });
    await running(2);
    await run.agent.cancel("cancelled");
    expect(namedProcesses(name)).toEqual([]);
    expect(marked(run)).toEqual([]);
  });

  it("INV-55 ends what a launcher leaves behind that dies before its agent", async () => {
    const started = join(root, "started");
    const tool = `touch ${started}; setsid bash -c '${sleeper}' & wait`;
    const launcher = join(root, "launcher.sh");
    // Without the redirection a shell gives background programs an empty input.
    const script = `"$@" <&0 & until [ -e ${started} ]; do sleep 0.05; done; exit 0`;
    writeFileSync(launcher, script);
    const run = start(
      family,
      { ...working({ tool: withName(tool) }), isStubborn: true },
      {
        executable: "/bin/bash",
        launchPrefix: [launcher, process.execPath, ...cliArguments()],
      },
    );
    expect(await run.agent.result).toMatchObject({ status: "failed" });
    expect(existsSync(started)).toBe(true);
    expect(namedProcesses(name)).toEqual([]);
    expect(marked(run)).toEqual([]);
  });

  it("INV-55 leaves nothing of a tool behind after a success", async () => {
    const tool = withName(`setsid bash -c '${sleeper}' & disown; exit 0`);
    const run = start(family, finished({ tool }));
    expect(await run.agent.result).toMatchObject({ status: "completed", answer: "Done." });
    expect(namedProcesses(name)).toEqual([]);
    expect(marked(run)).toEqual([]);
  });
});

describe.skipIf(process.platform !== "linux")("a tool that hides from its marker", () => {
  it.each(["stream-json", "codex-app-server", "acp"] as const)(
    "INV-55 ends it after a success of %s, when its parent is gone",
    async (family) => {
      const tool = withName(`exec env -i PATH="$PATH" setsid bash -c '${sleeper}'`);
      const run = start(family, families[family].finished({ tool }));
      expect(await run.agent.result).toMatchObject({ status: "completed" });
      expect(namedProcesses(name)).toEqual([]);
    },
  );
});

/** Messages that ask a turn to end. */
function isCancel(when: Readonly<Record<string, unknown>>): boolean {
  return when["method"] === "turn/interrupt" || when["request.subtype"] === "interrupt";
}
