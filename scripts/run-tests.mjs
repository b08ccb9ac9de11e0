// All tests but the browser's and the real agents'. Arguments go to vitest, e.g. `npm test -- --project unit`.
import { runVitest } from "./lib/run-vitest.mjs";

const given = process.argv.slice(2);
const choosesProject = given.some((argument) => argument.startsWith("--project"));
const projects = choosesProject
  ? []
  : ["--project", "unit", "--project", "process", "--project", "pg", "--project", "flow"];

process.exitCode = await runVitest([...projects, ...given]);
