import type { JsonObject } from "../../core/json.ts";
import { GivenUp } from "./given-up.ts";
import type { RunItem, RunOptions } from "../../core/types.ts";
import type { AcpDialect } from "../../mappers/acp/acp-dialect.ts";
import type { AcpTurn } from "../../mappers/acp/acp-turn.ts";
import { isModelOption, readSessionOptions } from "../../mappers/acp/session-facts.ts";
import type { OfferedModel, SessionFacts, SessionOption } from "../../mappers/acp/session-facts.ts";

export type SettingsInput = {
  readonly turn: AcpTurn;
  readonly dialect: AcpDialect;
  readonly options: RunOptions;
  readonly emit: (items: readonly RunItem[]) => void;
};

/** Sends a request about the open session. */
export type AskSession = (method: string, params: JsonObject) => Promise<JsonObject>;

/**
 * Chooses mode, options, model and effort before the prompt. What the row or a person asked for
 * must work or the run fails; effort is a wish, and a mode the agent does not offer is not needed.
 */
export async function chooseSessionSettings(
  input: SettingsInput,
  facts: SessionFacts,
  ask: AskSession,
): Promise<void> {
  await chooseMode(input.dialect, facts, ask);
  for (const { id, value } of input.dialect.configOptions) {
    const option = facts.options.find((offered) => offered.id === id);
    if (option !== undefined) await setOption(option, value, ask);
  }
  if (input.dialect.setModel !== "protocol") return;
  await chooseModel(input, facts, ask);
  await chooseEffort(input, facts, ask);
}

async function chooseMode(
  dialect: AcpDialect,
  facts: SessionFacts,
  ask: AskSession,
): Promise<void> {
  const mode = dialect.modes.find((id) => facts.modes.includes(id));
  if (mode !== undefined) {
    if (mode !== facts.currentMode) await ask("session/set_mode", { modeId: mode });
    return;
  }
  const option = facts.options.find(({ category }) => category === "mode");
  const value = dialect.modes.find((id) => option?.values.some((offered) => offered.id === id));
  if (option !== undefined && value !== undefined) await setOption(option, value, ask);
}

async function chooseModel(
  input: SettingsInput,
  facts: SessionFacts,
  ask: AskSession,
): Promise<void> {
  const wanted = input.options.model;
  if (wanted === null) return;
  const option = facts.options.find(isModelOption);
  const offered = facts.models.length > 0 ? facts.models : (option?.values ?? []);
  const modelId = matchingModel(offered, wanted, input.dialect.modelPattern) ?? wanted;
  if (modelId === facts.currentModel) return;
  if (facts.models.length > 0) {
    await ask("session/set_model", { modelId });
  } else if (option !== undefined) {
    await setOption(option, modelId, ask);
  } else {
    const message = `The agent offers no choice of model, so ${wanted} is not available.`;
    throw new GivenUp({ message, failureClass: "model_not_found_or_unavailable" });
  }
  input.turn.modelChosen(modelId);
}

/** People write a model's name; agents wrap it in an id of their own. */
function matchingModel(
  offered: readonly OfferedModel[],
  wanted: string,
  pattern: RegExp | null,
): string | null {
  const byId = offered.find(({ id }) => id === wanted);
  const byName = offered.find(
    ({ id, name }) => name === wanted || pattern?.exec(id)?.[1] === wanted,
  );
  return byId?.id ?? byName?.id ?? null;
}

const effortNames = new Set(["effort", "thought_level", "thinking"]);

async function chooseEffort(
  input: SettingsInput,
  facts: SessionFacts,
  ask: AskSession,
): Promise<void> {
  const wanted = input.options.effort;
  if (wanted === null) return;
  const option = facts.options.find(
    ({ id, category }) => effortNames.has(id) || effortNames.has(category),
  );
  const failure = option === undefined ? "is not offered" : await tryEffort(option, wanted, ask);
  if (failure === null) return;
  input.emit([{ type: "log", level: "warn", message: `Effort ${wanted} ${failure}.` }]);
}

/** Null when the agent confirms the level. */
async function tryEffort(
  option: SessionOption,
  wanted: string,
  ask: AskSession,
): Promise<string | null> {
  if (!option.values.some(({ id }) => id === wanted)) return "is not offered";
  try {
    const reply = await setOption(option, wanted, ask);
    const now = readSessionOptions(reply).find(({ id }) => id === option.id);
    return now !== undefined && now.current !== wanted ? "was not taken" : null;
  } catch {
    // Work at another level is better than none.
    return "was refused";
  }
}

function setOption(option: SessionOption, value: string, ask: AskSession): Promise<JsonObject> {
  if (option.current === value) return Promise.resolve({});
  return ask("session/set_config_option", { configId: option.id, value });
}
