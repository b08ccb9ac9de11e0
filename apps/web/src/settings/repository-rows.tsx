import { RepositoryUrl } from "@headcount/contract/projects/schemas";
import { Plus, X } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";

export type RepositoryRow = { readonly id: string; readonly url: string; readonly note: string };

type RepositoryRowsProps = {
  readonly rows: readonly RepositoryRow[];
  /** Whether wrong addresses are marked already. */
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly emptyHint: string;
  /** What the second field holds: a description or a branch. */
  readonly noteLabel: string;
  readonly notePlaceholder: string;
  readonly onChange: (rows: readonly RepositoryRow[]) => void;
};

/** Addresses of repositories with one more fact each, to add, edit and remove. */
export function RepositoryRows(props: RepositoryRowsProps) {
  const { rows, checked, disabled = false, onChange } = props;
  const text = useText();
  const change = (id: string, changes: Partial<RepositoryRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...changes } : row)));
  const isWrong = ({ url }: RepositoryRow) =>
    checked && url.trim() !== "" && !RepositoryUrl.safeParse(url.trim()).success;
  return (
    <div className="flex flex-col items-start gap-2">
      {rows.length === 0 && <p className="text-13 text-faint">{props.emptyHint}</p>}
      {rows.map((row) => (
        <div key={row.id} className="flex w-full items-center gap-2">
          <Input
            aria-label={text.settings.repositoryUrl}
            aria-invalid={isWrong(row)}
            placeholder={text.settings.repositoryUrlPlaceholder}
            spellCheck={false}
            autoCapitalize="none"
            disabled={disabled}
            className="grow-2 basis-0 font-mono text-12!"
            value={row.url}
            onChange={(event) => change(row.id, { url: event.target.value })}
          />
          <Input
            aria-label={props.noteLabel}
            placeholder={props.notePlaceholder}
            disabled={disabled}
            maxLength={250}
            className="grow basis-0"
            value={row.note}
            onChange={(event) => change(row.id, { note: event.target.value })}
          />
          {!disabled && (
            <IconButton
              label={text.settings.removeRepository({ url: row.url })}
              onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
            >
              <X />
            </IconButton>
          )}
        </div>
      ))}
      {rows.some(isWrong) && (
        <p role="alert" className="text-12 text-failed-ink">
          {text.settings.repositoryInvalid}
        </p>
      )}
      {!disabled && (
        <Button
          icon={<Plus size={14} />}
          onClick={() => onChange([...rows, { id: crypto.randomUUID(), url: "", note: "" }])}
        >
          {text.settings.addRepository}
        </Button>
      )}
    </div>
  );
}
