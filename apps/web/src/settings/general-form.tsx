import { IssuePrefix } from "@headcount/contract/workspaces/schemas";
import { useState, type FormEvent } from "react";
import { useDraft } from "../agents/use-draft.ts";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { SaveRow } from "./save-row.tsx";
import { useUpdateWorkspace } from "./use-update-workspace.ts";
import type { WorkspaceSettingsProps } from "./workspace-form-props.ts";

/** Name, prefix, description and the context that agents receive. */
export function GeneralForm({ workspace, mayChange }: WorkspaceSettingsProps) {
  const text = useText();
  const { name, description, context, issuePrefix, revision } = workspace;
  const draft = useDraft({ name, description, context, issuePrefix }, revision);
  const [checked, setChecked] = useState(false);
  const update = useUpdateWorkspace(draft.reset);
  const { fields } = draft;
  const nameMissing = fields.name.trim() === "";
  const prefixIsValid = IssuePrefix.safeParse(fields.issuePrefix).success;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (nameMissing || !prefixIsValid || update.isPending) return;
    update.mutate({ workspace: workspace.id, ...fields });
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      <div className="grid gap-4 tablet:grid-cols-2">
        <Field
          label={text.settings.workspaceName}
          error={checked && nameMissing ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              disabled={!mayChange}
              value={fields.name}
              onChange={(event) => draft.change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.settings.address} hint={text.settings.addressFixed}>
          {(control) => (
            <Input {...control} disabled value={`${location.host}/${workspace.slug}`} />
          )}
        </Field>
        <Field
          label={text.settings.prefix}
          hint={text.settings.prefixHint({ example: `${fields.issuePrefix}-12` })}
          error={prefixIsValid ? null : text.onboarding.prefixInvalid}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={10}
              spellCheck={false}
              disabled={!mayChange}
              className="max-w-32"
              value={fields.issuePrefix}
              onChange={(event) =>
                draft.change({
                  issuePrefix: event.target.value.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""),
                })
              }
            />
          )}
        </Field>
        <Field label={text.settings.description}>
          {(control) => (
            <Input
              {...control}
              maxLength={2_000}
              disabled={!mayChange}
              value={fields.description}
              onChange={(event) => draft.change({ description: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Field label={text.settings.context} hint={text.settings.contextHint}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={20_000}
            disabled={!mayChange}
            className="min-h-32"
            placeholder={text.settings.contextPlaceholder}
            value={fields.context}
            onChange={(event) => draft.change({ context: event.target.value })}
          />
        )}
      </Field>
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
