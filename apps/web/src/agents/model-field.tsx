import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useId } from "react";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { ModelsSource } from "../runtimes/models-source.tsx";
import { Input } from "../ui/input.tsx";

const shownModels = 6;

type ModelFieldProps = {
  /** Runtime whose models are offered; any other name may be typed. */
  readonly runtime: Runtime | undefined;
  readonly value: string;
  readonly onChange: (model: string) => void;
  readonly disabled?: boolean;
};

/** A model's name, typed or taken from those that the program offers. */
export function ModelField({ runtime, value, onChange, disabled = false }: ModelFieldProps) {
  const text = useText();
  const listId = useId();
  const models = runtime?.models ?? [];
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <Field label={text.agents.model} hint={text.agents.modelHint}>
        {(control) => (
          <Input
            {...control}
            maxLength={200}
            spellCheck={false}
            autoCapitalize="none"
            disabled={disabled}
            placeholder={text.agents.modelDefault}
            list={listId}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {models.map((model) => (
          <option key={model} value={model}>
            {model}
          </option>
        ))}
      </datalist>
      {models.length > 0 && !disabled && (
        <div className="flex flex-wrap gap-1">
          {models.slice(0, shownModels).map((model) => (
            <button
              key={model}
              type="button"
              aria-pressed={model === value}
              className="inline-flex h-6 max-w-full items-center truncate rounded-tag border border-line px-1.5 text-12 text-muted hover:bg-hover hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent-ink"
              onClick={() => onChange(model === value ? "" : model)}
            >
              {model}
            </button>
          ))}
        </div>
      )}
      {runtime !== undefined && runtime.inspection.at !== null && !disabled && (
        <ModelsSource runtime={runtime} />
      )}
    </div>
  );
}
