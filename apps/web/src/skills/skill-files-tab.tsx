import { skillFiles, skills } from "@headcount/contract/skills/routes";
import type { Skill, SkillFileContent } from "@headcount/contract/skills/schemas";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Download, FilePlus, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { AddFileDialog } from "./add-file-dialog.tsx";
import { FileEditor } from "./file-editor.tsx";
import { FileList } from "./file-list.tsx";
import { FileBar, FileText } from "./file-text.tsx";
import { FilesFrame } from "./files-frame.tsx";
import { RefusalNote } from "./refusal-note.tsx";
import { saveFile } from "./save-file.ts";

const route = getRouteApi("/$slug/skills/$skillId");

/** Files of a skill, to be read and, by those who may, written. */
export function SkillFilesTab({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [adding, setAdding] = useState(false);
  const entry = skill.files.find(({ path }) => path === search.file);
  const open = (file: string | null): void =>
    void navigate({ search: { ...search, file: file ?? undefined } });
  return (
    <>
      <FilesFrame
        list={
          <FileList
            files={skill.files}
            instructions={skill.instructions}
            open={entry?.path ?? null}
            onOpen={open}
            actions={
              skill.canEdit && (
                <Button
                  variant="quiet"
                  icon={<FilePlus size={14} />}
                  className="mt-2 justify-start! px-2!"
                  onClick={() => setAdding(true)}
                >
                  {text.skills.addFile}
                </Button>
              )
            }
          />
        }
      >
        {entry === undefined ? (
          <DocumentView skill={skill} />
        ) : (
          <FileView key={entry.path} skill={skill} path={entry.path} onRemoved={() => open(null)} />
        )}
      </FilesFrame>
      {adding && (
        <AddFileDialog
          skill={skill}
          onClose={() => setAdding(false)}
          onAdded={(path) => {
            setAdding(false);
            open(path);
          }}
        />
      )}
    </>
  );
}

/** `SKILL.md` itself. */
function DocumentView({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const [editing, setEditing] = useState(false);
  const place = { workspace: workspace.id, skillId: skill.id };
  const update = useCommand(skills.update, {
    onSuccess: (saved) => {
      cache.setQueryData(query(skills.get, place).queryKey, saved);
      setEditing(false);
    },
  });
  if (editing) {
    return (
      <FileEditor
        path="SKILL.md"
        content={skill.instructions}
        busy={update.isPending}
        error={update.error}
        onCancel={() => setEditing(false)}
        onSave={(instructions) =>
          update.mutate({ ...place, instructions, expectedRevision: skill.revision })
        }
      />
    );
  }
  return (
    <FileText
      path="SKILL.md"
      content={skill.instructions}
      actions={
        skill.canEdit && (
          <Button icon={<Pencil size={14} />} onClick={() => setEditing(true)}>
            {text.common.edit}
          </Button>
        )
      }
    />
  );
}

type FileViewProps = {
  readonly skill: Skill;
  readonly path: string;
  readonly onRemoved: () => void;
};

function FileView({ skill, path, onRemoved }: FileViewProps) {
  const workspace = useWorkspace();
  const file = useQuery(
    query(skillFiles.read, { workspace: workspace.id, skillId: skill.id, path }),
  );
  if (file.data !== undefined) {
    return <LoadedFile skill={skill} file={file.data} onRemoved={onRemoved} />;
  }
  return (
    <>
      <FileBar path={path} />
      {file.isError && <QueryError error={file.error} onRetry={() => void file.refetch()} />}
      {file.isPending && (
        <div aria-busy="true" className="flex flex-col gap-3 p-6">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </div>
      )}
    </>
  );
}

type LoadedFileProps = {
  readonly skill: Skill;
  readonly file: SkillFileContent;
  readonly onRemoved: () => void;
};

function LoadedFile({ skill, file, onRemoved }: LoadedFileProps) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const [editing, setEditing] = useState(false);
  const place = { workspace: workspace.id, skillId: skill.id };
  const write = useCommand(skillFiles.write, {
    onSuccess: (saved, { content }) => {
      const key = query(skillFiles.read, { ...place, path: file.path }).queryKey;
      cache.setQueryData(key, { ...file, content });
      cache.setQueryData(query(skills.get, place).queryKey, saved);
      setEditing(false);
    },
  });
  if (editing) {
    return (
      <FileEditor
        path={file.path}
        content={file.content}
        busy={write.isPending}
        error={write.error}
        onCancel={() => setEditing(false)}
        onSave={(content) =>
          write.mutate({
            ...place,
            path: file.path,
            content,
            executable: file.executable,
            expectedRevision: skill.revision,
          })
        }
      />
    );
  }
  const isText = file.encoding === "utf8";
  const actions = (
    <>
      {file.executable && <Chip>{text.skills.executable}</Chip>}
      {skill.canEdit && isText && (
        <Button icon={<Pencil size={14} />} onClick={() => setEditing(true)}>
          {text.common.edit}
        </Button>
      )}
      {skill.canEdit && <RemoveFile skill={skill} path={file.path} onRemoved={onRemoved} />}
    </>
  );
  if (isText) return <FileText path={file.path} content={file.content} actions={actions} />;
  return (
    <>
      <FileBar path={file.path}>{actions}</FileBar>
      <div className="flex flex-col items-start gap-3 px-4 py-4 tablet:px-6">
        <p className="text-13 text-muted">{text.skills.binary}</p>
        <Button
          icon={<Download size={14} />}
          onClick={() => saveFile(file.path.split("/").at(-1) ?? file.path, file.content)}
        >
          {text.skills.download}
        </Button>
      </div>
    </>
  );
}

function RemoveFile({ skill, path, onRemoved }: FileViewProps) {
  const text = useText();
  const workspace = useWorkspace();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const place = { workspace: workspace.id, skillId: skill.id };
  const remove = useCommand(skillFiles.remove, {
    onSuccess: (saved) => {
      onRemoved();
      cache.setQueryData(query(skills.get, place).queryKey, saved);
    },
  });
  return (
    <>
      <IconButton label={text.skills.removeFile} onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <Dialog
        open={asking}
        onOpenChange={setAsking}
        width="narrow"
        title={text.skills.removeTitle({ path })}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>{text.common.cancel}</Button>
            <Button
              variant="danger"
              busy={remove.isPending}
              onClick={() => remove.mutate({ ...place, path })}
            >
              {text.common.remove}
            </Button>
          </>
        }
      >
        <p className="text-muted">{text.skills.removeHint}</p>
        <RefusalNote error={remove.error} />
      </Dialog>
    </>
  );
}
