import { arrayAt, objectAt, stringAt } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { objectOf } from "./json-value.ts";

export type OfferedModel = { readonly id: string; readonly name: string };

/** Where the agent lets its client choose something, and what is chosen now. */
export type SessionOption = {
  readonly id: string;
  readonly category: string;
  readonly current: string | null;
  readonly values: readonly OfferedModel[];
};

/** What the reply to `session/new`, `session/load` or `session/resume` says about the session. */
export type SessionFacts = {
  readonly sessionId: string | null;
  readonly modes: readonly string[];
  readonly currentMode: string | null;
  /** The older way to offer models; empty when the agent uses an option instead. */
  readonly models: readonly OfferedModel[];
  readonly currentModel: string | null;
  readonly options: readonly SessionOption[];
};

export function readSessionFacts(reply: JsonObject): SessionFacts {
  const modes = objectAt(reply, "modes");
  const models = objectAt(reply, "models");
  const options = readSessionOptions(reply);
  const modelOption = options.find(isModelOption);
  return {
    sessionId: stringAt(reply, "sessionId"),
    modes: arrayAt(modes, "availableModes").flatMap((mode) => stringAt(objectOf(mode), "id") ?? []),
    currentMode: stringAt(modes, "currentModeId"),
    models: arrayAt(models, "availableModels").flatMap((model) =>
      offered(objectOf(model), "modelId"),
    ),
    currentModel: stringAt(models, "currentModelId") ?? modelOption?.current ?? null,
    options,
  };
}

/** The `configOptions` of a session reply or of a `config_option_update`. */
export function readSessionOptions(source: JsonObject): readonly SessionOption[] {
  return arrayAt(source, "configOptions")
    .map(objectOf)
    .flatMap((option) => {
      const id = stringAt(option, "id");
      if (id === null) return [];
      const values = arrayAt(option, "options").flatMap((value) =>
        offered(objectOf(value), "value"),
      );
      const category = stringAt(option, "category") ?? id;
      return [{ id, category, current: stringAt(option, "currentValue"), values }];
    });
}

export function isModelOption(option: SessionOption): boolean {
  return option.category === "model" || option.id === "model";
}

/** Options group their values in sections in some agents. */
function offered(entry: JsonObject, key: string): readonly OfferedModel[] {
  const id = stringAt(entry, key);
  if (id !== null) return [{ id, name: stringAt(entry, "name") ?? id }];
  return arrayAt(entry, "options").flatMap((value) => offered(objectOf(value), key));
}
