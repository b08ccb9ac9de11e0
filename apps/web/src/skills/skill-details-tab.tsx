import { skills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ConfigFrame } from "../agents/config-frame.tsx";
import { isConflict } from "../agents/instructions-tab.tsx";
import { SaveBar } from "../agents/save-bar.tsx";
import { useDraft } from "../agents/use-draft.ts";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

/** Name, description and labels, and where the skill comes from. */
export function SkillDetailsTab({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const { name, description, revision } = skill;
  const draft = useDraft({ name, description, labels: skill.labels.join(", ") }, revision);
  const place = { workspace: workspace.id, skillId: skill.id };
  const update = useCommand(skills.update, {
    onSuccess: (saved) => {
      cache.setQueryData(query(skills.get, place).queryKey, saved);
      draft.reset();
    },
  });
  const { fields } = draft;
  const nameMissing = fields.name.trim() === "";
  const descriptionMissing = fields.description.trim() === "";
  const save = (): void => {
    if (nameMissing || descriptionMissing || update.isPending) return;
    update.mutate({
      ...place,
      name: fields.name,
      description: fields.description,
      labels: labelsOf(fields.labels),
      ...(draft.revision === null ? {} : { expectedRevision: draft.revision }),
    });
  };
  return (
    <ConfigFrame onSend={save} notice={skill.canEdit ? null : text.skills.readOnly}>
      <Field label={text.skills.name} error={nameMissing ? text.session.nameMissing : null}>
        {(control) => (
          <Input
            {...control}
            maxLength={64}
            disabled={!skill.canEdit}
            className="max-w-80"
            value={fields.name}
            onChange={(event) => draft.change({ name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={text.skills.description}
        hint={text.skills.descriptionHint}
        error={descriptionMissing ? text.skills.descriptionMissing : null}
      >
        {(control) => (
          <Textarea
            {...control}
            maxLength={1_024}
            disabled={!skill.canEdit}
            value={fields.description}
            onChange={(event) => draft.change({ description: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.skills.labels} hint={text.skills.labelsHint}>
        {(control) => (
          <Input
            {...control}
            disabled={!skill.canEdit}
            value={fields.labels}
            onChange={(event) => draft.change({ labels: event.target.value })}
          />
        )}
      </Field>
      <Facts skill={skill} />
      <SaveBar
        dirty={draft.dirty}
        busy={update.isPending}
        error={update.error}
        errorHint={isConflict(update.error) ? text.errors.byReason.revision_conflict : null}
        onDiscard={() => {
          draft.reset();
          update.reset();
        }}
      />
    </ConfigFrame>
  );
}

function Facts({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text.skills.creator, skill.creator.name],
    [text.skills.source, sourceOf(skill) ?? text.skills.sourceWritten],
    [text.skills.changed, <Time key="at" at={skill.updatedAt} />],
    [
      text.skills.hash,
      <span key="hash" className="flex min-w-0 items-center gap-1">
        <code className="truncate font-mono text-12">{skill.hash.slice(0, 16)}…</code>
        <CopyButton value={skill.hash} />
      </span>,
    ],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-6 gap-y-1.5 border-t border-line py-4 text-13">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-12 text-muted">{label}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
      <dd className="col-span-2 text-12 text-faint">{text.skills.hashHint}</dd>
      {skill.frontMatter !== "" && (
        <>
          <dt className="col-span-2 mt-2 text-12 text-muted">{text.skills.frontMatter}</dt>
          <dd className="col-span-2">
            <pre className="overflow-x-auto rounded-card bg-sunken px-3 py-2 font-mono text-12">
              {skill.frontMatter}
            </pre>
          </dd>
        </>
      )}
    </dl>
  );
}

/** Null for a skill that was written here. */
function sourceOf({ source }: Skill): string | null {
  switch (source.kind) {
    case "written":
      return null;
    case "archive":
      return source.fileName;
    case "url":
      return source.url;
  }
}

function labelsOf(text: string): string[] {
  return text
    .split(/[,，]/)
    .map((label) => label.trim())
    .filter((label) => label !== "");
}
