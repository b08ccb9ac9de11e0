import type { WorkspaceSettings } from "@headcount/contract/workspaces/schemas";
import { useState, type FormEvent } from "react";
import { useDraft } from "../agents/use-draft.ts";
import { wholeNumber } from "../agents/whole-number.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { NumberField } from "../ui/number-field.tsx";
import { SaveRow } from "./save-row.tsx";
import { useUpdateWorkspace } from "./use-update-workspace.ts";
import type { WorkspaceSettingsProps } from "./workspace-form-props.ts";

type Guard = keyof WorkspaceSettings;

/** The bounds that the server accepts. */
const bounds: Readonly<Record<Guard, readonly [from: number, to: number]>> = {
  maxHops: [1, 50],
  maxTasksPerIssuePerHour: [1, 1_000],
  maxAgentTasksPerOriginatorPerHour: [1, 10_000],
  queueExpiryMinutes: [15, 20_160],
  stallAfterMinutes: [1, 1_440],
  runawayFactor: [0, 100],
};

const guards = Object.keys(bounds) as readonly Guard[];

/** How far agents may go without a person. */
export function GuardsForm({ workspace, mayChange }: WorkspaceSettingsProps) {
  const text = useText();
  const format = useFormat();
  const stored = Object.fromEntries(
    guards.map((guard) => [guard, String(workspace.settings[guard])]),
  ) as Record<Guard, string>;
  const draft = useDraft(stored, workspace.revision);
  const [checked, setChecked] = useState(false);
  const update = useUpdateWorkspace(draft.reset);
  const valueOf = (guard: Guard) => wholeNumber(draft.fields[guard], ...bounds[guard]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    const values = guards.map((guard) => [guard, valueOf(guard)] as const);
    if (update.isPending || values.some(([, value]) => value === undefined)) return;
    update.mutate({ workspace: workspace.id, settings: Object.fromEntries(values) });
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      {guards.map((guard) => {
        const [from, to] = bounds[guard];
        const range = { from: format.number(from), to: format.number(to) };
        const isWrong = checked && valueOf(guard) === undefined;
        return (
          <NumberField
            key={guard}
            label={text.settings.guards[guard]}
            hint={text.settings.guardHints[guard]}
            error={isWrong ? text.settings.range(range) : null}
            disabled={!mayChange}
            value={draft.fields[guard]}
            onChange={(value) => draft.change({ [guard]: value } as Partial<Record<Guard, string>>)}
          />
        );
      })}
      {mayChange && (
        <SaveRow
          dirty={draft.dirty}
          busy={update.isPending}
          saved={update.isSuccess}
          error={update.error}
        />
      )}
    </form>
  );
}
