import type { Cli } from "../cli.ts";
import type { OptionValues } from "../command.ts";
import { invalidUse } from "../errors/cli-error.ts";
import { findRuntime } from "../find/find-runtime.ts";
import { longTextOptions, readLongText } from "../input/long-text.ts";

export const agentArgument = { summary: "name or id of the agent" } as const;

/** Flags of everything about an agent that can be set when it is made and later. */
export const agentOptions = {
  name: { value: "NAME", summary: "what people call it" },
  description: { value: "TEXT", summary: "one sentence about it" },
  ...longTextOptions("instructions", "what it always has to mind, Markdown"),
  runtime: { value: "NAME", summary: "runtime that does its work, or `none`" },
  model: { value: "MODEL", summary: "model to ask for, or `default`" },
  effort: { value: "LEVEL", summary: "effort of the model, or `default`" },
  argument: { value: "WORD", multiple: true, summary: "further word for its CLI; repeat" },
  maxTasks: { value: "N", count: true, summary: "tasks that it may run at once" },
  timeLimit: { value: "MINUTES", summary: "longest run in minutes, or `none`" },
} as const;

export type AgentFieldInput = {
  name?: string;
  description?: string;
  instructions?: string;
  runtimeId?: Awaited<ReturnType<typeof findRuntime>>["id"] | null;
  model?: string | null;
  effort?: string | null;
  arguments?: string[];
  limits?: { maxConcurrentTasks?: number; wallClockMinutes?: number | null };
};

/** What the flags ask for; a field without its flag is left out. */
export async function readAgentFields(
  cli: Cli,
  options: OptionValues<typeof agentOptions>,
): Promise<AgentFieldInput> {
  const fields: AgentFieldInput = {};
  const instructions = await readLongText(cli, "instructions", options);
  if (options.name !== undefined) fields.name = options.name;
  if (options.description !== undefined) fields.description = options.description;
  if (instructions !== undefined) fields.instructions = instructions;
  if (options.runtime !== undefined) {
    fields.runtimeId =
      options.runtime === "none" ? null : (await findRuntime(cli, options.runtime)).id;
  }
  if (options.model !== undefined) fields.model = unlessDefault(options.model);
  if (options.effort !== undefined) fields.effort = unlessDefault(options.effort);
  if (options.argument !== undefined) fields.arguments = [...options.argument];
  const limits = readLimits(options);
  if (Object.keys(limits).length > 0) fields.limits = limits;
  return fields;
}

const unlessDefault = (text: string): string | null => (text === "default" ? null : text);

function readLimits(
  options: Pick<OptionValues<typeof agentOptions>, "maxTasks" | "timeLimit">,
): NonNullable<AgentFieldInput["limits"]> {
  return {
    ...(options.maxTasks === undefined ? {} : { maxConcurrentTasks: options.maxTasks }),
    ...(options.timeLimit === undefined
      ? {}
      : { wallClockMinutes: readMinutes(options.timeLimit) }),
  };
}

function readMinutes(text: string): number | null {
  if (text === "none") return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw invalidUse(`"${text}" is no time limit.`, "Write whole minutes, or none.");
}
