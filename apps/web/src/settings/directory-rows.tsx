import type { DaemonId } from "@headcount/contract/kit/ids";
import type { DirectoryMode } from "@headcount/contract/projects/directory";
import { Plus, X } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { type DirectoryDraft, isDirectoryValid } from "./directory-draft.ts";

export type OwnMachine = { readonly daemonId: DaemonId; readonly name: string };

type DirectoryRowsProps = {
  readonly drafts: readonly DirectoryDraft[];
  /** Machines of the reader: nobody names folders of other people's. */
  readonly machines: readonly OwnMachine[];
  /** Whether wrong paths are marked already. */
  readonly checked: boolean;
  readonly onChange: (drafts: readonly DirectoryDraft[]) => void;
};

/** Folders of people's machines that the tasks of a project run in, at most one per machine. */
export function DirectoryRows({ drafts, machines, checked, onChange }: DirectoryRowsProps) {
  const text = useText();
  const taken = new Set(drafts.map(({ daemonId }) => daemonId));
  const free = machines.filter(({ daemonId }) => !taken.has(daemonId));
  const change = (id: string, changes: Partial<DirectoryDraft>) =>
    onChange(drafts.map((draft) => (draft.id === id ? { ...draft, ...changes } : draft)));
  const isWrong = (draft: DirectoryDraft) => checked && !isDirectoryValid(draft);
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="text-12 text-faint">{text.settings.directoriesHint}</p>
      {drafts.map((draft) => (
        <div key={draft.id} className="flex w-full flex-wrap items-center gap-2">
          {draft.of === null ? (
            <OwnDirectory
              draft={draft}
              machines={machines.filter(
                ({ daemonId }) => daemonId === draft.daemonId || !taken.has(daemonId),
              )}
              wrong={isWrong(draft)}
              onChange={(changes) => change(draft.id, changes)}
            />
          ) : (
            <p className="min-w-0 grow truncate text-13 text-muted">
              <span className="font-mono text-12">{draft.path}</span>
              {" · "}
              {text.settings.directoryOf({
                machine: draft.of.machineName,
                name: draft.of.owner.name,
              })}
            </p>
          )}
          <IconButton
            label={text.settings.removeDirectory({ path: draft.path })}
            onClick={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {drafts.some(isWrong) && (
        <p role="alert" className="text-12 text-failed-ink">
          {text.settings.directoryInvalid}
        </p>
      )}
      {machines.length === 0 && (
        <p className="text-13 text-faint">{text.settings.directoryNoMachine}</p>
      )}
      {free.length > 0 && (
        <Button
          icon={<Plus size={14} />}
          onClick={() => onChange([...drafts, newDraft(free[0]?.daemonId ?? null)])}
        >
          {text.settings.addDirectory}
        </Button>
      )}
    </div>
  );
}

function newDraft(daemonId: DaemonId | null): DirectoryDraft {
  return { id: crypto.randomUUID(), daemonId, path: "", mode: "worktree", of: null };
}

type OwnDirectoryProps = {
  readonly draft: DirectoryDraft;
  readonly machines: readonly OwnMachine[];
  readonly wrong: boolean;
  readonly onChange: (changes: Partial<DirectoryDraft>) => void;
};

function OwnDirectory({ draft, machines, wrong, onChange }: OwnDirectoryProps) {
  const text = useText();
  const modes: readonly DirectoryMode[] = ["worktree", "in_place"];
  return (
    <>
      <Select
        label={text.settings.directoryMachine}
        className="w-30! shrink-0"
        value={draft.daemonId ?? undefined}
        options={machines.map(({ daemonId, name }) => ({ value: daemonId, label: name }))}
        onChange={(daemonId) => onChange({ daemonId })}
      />
      <Input
        aria-label={text.settings.directoryPath}
        aria-invalid={wrong}
        placeholder={text.settings.directoryPathPlaceholder}
        spellCheck={false}
        autoCapitalize="none"
        maxLength={1_000}
        className="w-auto! min-w-40 grow basis-0 font-mono text-12!"
        value={draft.path}
        onChange={(event) => onChange({ path: event.target.value })}
      />
      <Select
        label={text.settings.directoryMode}
        className="w-30! shrink-0"
        value={draft.mode}
        options={modes.map((mode) => ({ value: mode, label: text.settings.directoryModes[mode] }))}
        onChange={(mode) => onChange({ mode })}
      />
    </>
  );
}
