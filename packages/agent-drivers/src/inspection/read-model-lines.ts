import type { Answer } from "./cli-inspection.ts";
import type { ProgramOutput } from "./model-source.ts";

/** A name of a model as programs print it: `provider/model`, `model:tag`, `model[1m]`. */
const modelName = /^[A-Za-z0-9@][\w@.:/+[\]-]{1,199}$/;

/** One model per line, its name as the first word; lines of prose are passed over. */
export function readModelLines({ stdout, exitCode }: ProgramOutput): Answer {
  // oxlint-disable-next-line no-control-regex -- colour codes begin with the escape character
  const plain = stdout.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, "");
  const models = plain
    .split(/\r?\n/)
    .map((line) => /^\s*(?:[*•-]\s+)?(\S+)(?:\s+-\s.*|\t.*|\s*)$/.exec(line)?.[1] ?? "")
    .filter((name) => modelName.test(name));
  const problem = exitCode === 0 ? {} : { problem: `It ended with ${exitCode ?? "a signal"}.` };
  return { models: [...new Set(models)], signIn: "unknown", ...problem };
}

/** Pi's table: provider and model in the first two columns, below a head. */
export function readModelTable({ stdout, stderr }: ProgramOutput): Answer {
  const [head = "", ...rows] = stdout.split(/\r?\n/);
  if (!/^provider\s+model\b/.test(head)) {
    const isSignedOut = /no models available/i.test(`${stdout}\n${stderr}`);
    return { models: [], signIn: isSignedOut ? "signed_out" : "unknown" };
  }
  const models = rows.flatMap((row) => {
    const [provider = "", model = ""] = row.trim().split(/\s+/);
    return modelName.test(provider) && modelName.test(model) ? [`${provider}/${model}`] : [];
  });
  // Only models of providers with a key or a login are in it.
  return { models, signIn: models.length > 0 ? "signed_in" : "signed_out" };
}
