import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { checkScenario } from "./check-scenario.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import { type FakeModel, startFakeModel } from "./start-fake-model.ts";

const USAGE = `node serve.ts --scenario FILE [--port N] [--log FILE] [--bodies] [--var name=value]…
Plays a scenario on 127.0.0.1 and prints {"url": …} on one line when it is ready.
--var fills in \${name} in the scenario. Stops on SIGINT and SIGTERM.
`;

/** Starts the server that the command line asks for; undefined when it only asks for help. */
async function serve(): Promise<FakeModel | undefined> {
  const { values } = parseArgs({
    options: {
      scenario: { type: "string" },
      port: { type: "string", default: "0" },
      log: { type: "string" },
      bodies: { type: "boolean", default: false },
      var: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || values.scenario === undefined) {
    process.stderr.write(USAGE);
    process.exitCode = values.help ? 0 : 2;
    return undefined;
  }
  const text = await readFile(values.scenario, "utf8");
  const scenario = fillPlaceholders(JSON.parse(text), Object.fromEntries(values.var.map(toPair)));
  return startFakeModel({
    scenario: checkScenario(scenario),
    port: Number(values.port),
    bodies: values.bodies,
    ...(values.log === undefined ? {} : { logFile: values.log }),
  });
}

function toPair(assignment: string): readonly [string, string] {
  const at = assignment.indexOf("=");
  if (at < 1) throw new Error(`--var ${assignment}: needs the form name=value`);
  return [assignment.slice(0, at), assignment.slice(at + 1)];
}

const fake = await serve();
if (fake !== undefined) {
  process.stdout.write(`${JSON.stringify({ url: fake.url })}\n`);
  const stop = (): void => void fake.close();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
