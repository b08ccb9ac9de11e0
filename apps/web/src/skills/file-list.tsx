import type { SkillFileEntry } from "@headcount/contract/skills/schemas";
import { FileCode, FileText } from "lucide-react";
import type { ReactNode } from "react";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { formatSize } from "./format-size.ts";

type FileListProps = {
  readonly files: readonly SkillFileEntry[];
  readonly instructions: string;
  /** Path of the open file; null is `SKILL.md`. */
  readonly open: string | null;
  readonly onOpen: (path: string | null) => void;
  /** Below the files. */
  readonly actions?: ReactNode;
};

/** Files of a skill by path, `SKILL.md` first; folders stand as headings of their own files. */
export function FileList({ files, instructions, open, onOpen, actions }: FileListProps) {
  const text = useText();
  const document = {
    path: "SKILL.md",
    sizeBytes: new TextEncoder().encode(instructions).length,
    executable: false,
  };
  const folders = Map.groupBy(files, ({ path }) => folderOf(path));
  return (
    <nav aria-label={text.skills.files} className="flex flex-col gap-px p-2">
      <FileRow file={document} isOpen={open === null} onOpen={() => onOpen(null)} />
      {[...folders].map(([folder, inside]) => (
        <div key={folder} className="flex flex-col gap-px">
          {folder !== "" && (
            <span className="truncate px-2 pb-0.5 pt-2 font-mono text-11 text-faint">
              {folder}/
            </span>
          )}
          {inside.map((file) => (
            <FileRow
              key={file.path}
              file={file}
              isOpen={open === file.path}
              onOpen={() => onOpen(file.path)}
            />
          ))}
        </div>
      ))}
      {actions}
    </nav>
  );
}

type FileRowProps = {
  readonly file: SkillFileEntry;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
};

function FileRow({ file, isOpen, onOpen }: FileRowProps) {
  const format = useFormat();
  const Icon = /\.(md|txt)$/i.test(file.path) ? FileText : FileCode;
  return (
    <button
      type="button"
      aria-current={isOpen ? "true" : undefined}
      onClick={onOpen}
      className="inset-focus flex h-(--control) items-center gap-2 rounded-control px-2 text-start text-13 text-muted transition-colors duration-120 hover:bg-hover hover:text-ink aria-[current=true]:bg-pressed aria-[current=true]:font-medium aria-[current=true]:text-ink"
    >
      <Icon size={14} className="shrink-0" />
      <span className="min-w-0 grow truncate">
        {file.path.slice(folderOf(file.path).length).replace(/^\//, "")}
      </span>
      <span className="figures shrink-0 text-11 font-normal text-muted">
        {formatSize(file.sizeBytes, format)}
      </span>
    </button>
  );
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
