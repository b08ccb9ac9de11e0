import type { BuiltInSkill, SkillSummary } from "@headcount/contract/skills/schemas";
import { skills } from "@headcount/contract/skills/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { BookOpen, Plus, Upload } from "lucide-react";
import { useMemo, useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { useCommands, type Command } from "../shell/commands.ts";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { HeaderAction } from "../ui/header-action.tsx";
import { HeaderSearch } from "../ui/header-search.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Table, type Column } from "../ui/table.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { CreateSkillDialog } from "./create-skill-dialog.tsx";
import { formatSize } from "./format-size.ts";
import { ImportDialog } from "./import-dialog.tsx";
import { SkillPicture } from "./skill-picture.tsx";
import { builtInId } from "./skills-search.ts";
import { useFileDrop } from "./use-file-drop.ts";

const route = getRouteApi("/$slug/skills");

/** What agents can be told about how work is done here. */
export function SkillsPage() {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const setSearch = route.useNavigate();
  const [creating, setCreating] = useState(false);
  const [importing, setImporting] = useState<{ readonly file: File | null } | null>(null);
  const drop = useFileDrop((file) => setImporting({ file }));
  const open = useOpenSkill();
  const list = useQuery(query(skills.list, { workspace: workspace.id }));
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "create-skill",
        label: text.skills.newSkill,
        group: "general",
        icon: BookOpen,
        run: () => setCreating(true),
      },
      {
        id: "import-skill",
        label: text.skills.importTitle,
        group: "general",
        icon: Upload,
        run: () => setImporting({ file: null }),
      },
    ],
    [text],
  );
  useCommands(commands);
  const all = list.data?.items ?? [];
  const wanted = (search.text ?? "").trim().toLowerCase();
  const shown = all.filter((skill) =>
    [skill.name, skill.description, ...skill.labels].join(" ").toLowerCase().includes(wanted),
  );
  return (
    <>
      <PageHeader
        title={text.skills.title}
        facts={
          list.data !== undefined && (
            <span className="figures text-12 text-faint">{all.length}</span>
          )
        }
        actions={
          <>
            <HeaderSearch
              label={text.skills.search}
              value={search.text}
              onChange={(next) => void setSearch({ search: { text: next }, replace: true })}
            />
            <HeaderAction
              label={text.skills.importSkill}
              icon={Upload}
              onClick={() => setImporting({ file: null })}
            />
            <HeaderAction
              label={text.skills.newSkill}
              icon={Plus}
              variant="primary"
              onClick={() => setCreating(true)}
            />
          </>
        }
      />
      <div className="relative flex min-h-0 grow flex-col overflow-y-auto" {...drop.handlers}>
        {list.isPending && <SkillsSkeleton />}
        {list.isError && list.data === undefined && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {list.data !== undefined && all.length === 0 && (
          <div className="grow">
            <EmptyState
              title={text.skills.emptyTitle}
              hint={text.skills.emptyHint}
              picture={<SkillPicture />}
              action={
                <span className="flex gap-2">
                  <Button
                    variant="primary"
                    icon={<Plus size={14} />}
                    onClick={() => setCreating(true)}
                  >
                    {text.skills.newSkill}
                  </Button>
                  <Button icon={<Upload size={14} />} onClick={() => setImporting({ file: null })}>
                    {text.skills.importSkill}
                  </Button>
                </span>
              }
              command="headcount skill import --file review.skill"
            />
          </div>
        )}
        {all.length > 0 && shown.length === 0 && (
          <EmptyState
            title={text.skills.noMatch}
            action={
              <Button onClick={() => void setSearch({ search: {} })}>{text.common.clear}</Button>
            }
          />
        )}
        {shown.length > 0 && <SkillTable skills={shown} />}
        {list.data !== undefined && <BuiltIns skills={list.data.builtIns} />}
        {drop.isOver && (
          <div className="pointer-events-none absolute inset-2 z-20 grid place-items-center rounded-card border-2 border-dashed border-accent bg-accent-wash text-14 font-medium text-accent-ink">
            {text.skills.dropNow}
          </div>
        )}
      </div>
      {creating && (
        <CreateSkillDialog
          onClose={() => setCreating(false)}
          onCreated={(skill) => open(skill.id)}
        />
      )}
      {importing !== null && (
        <ImportDialog
          file={importing.file}
          onClose={() => setImporting(null)}
          onImported={({ outcome, skill }) => {
            showToast({
              tone: "plain",
              message: text.skills.imported[outcome]({ name: skill.name }),
            });
            open(skill.id);
          }}
        />
      )}
    </>
  );
}

function useOpenSkill(): (skillId: string) => void {
  const navigate = useNavigate();
  const { slug } = useWorkspace();
  return (skillId) => void navigate({ to: "/$slug/skills/$skillId", params: { slug, skillId } });
}

function SkillTable({ skills: rows }: { readonly skills: readonly SkillSummary[] }) {
  const text = useText();
  const format = useFormat();
  const { slug } = useWorkspace();
  const columns: readonly Column<SkillSummary>[] = [
    {
      id: "name",
      label: text.skills.name,
      cell: (skill) => (
        <Link
          to="/$slug/skills/$skillId"
          params={{ slug, skillId: skill.id }}
          className="inset-focus flex min-w-0 items-center gap-2.5 after:absolute after:inset-0"
        >
          <BookOpen size={16} className="shrink-0 text-faint" />
          <span className="min-w-0 truncate">
            <span className="font-medium">{skill.name}</span>
            <span className="ms-2 text-faint max-tablet:hidden">{skill.description}</span>
          </span>
        </Link>
      ),
    },
    {
      id: "labels",
      label: text.skills.labels,
      width: "176px",
      from: "wide",
      cell: (skill) => (
        <span className="flex gap-1 overflow-hidden">
          {skill.labels.map((label) => (
            <Chip key={label}>{label}</Chip>
          ))}
        </span>
      ),
    },
    {
      id: "files",
      label: text.skills.files,
      width: "132px",
      from: "desk",
      align: "end",
      cell: (skill) => (
        <span className="figures text-muted">
          {text.skills.fileCount({ count: skill.fileCount })}
          <span className="ms-2 text-faint">{formatSize(skill.sizeBytes, format)}</span>
        </span>
      ),
    },
    {
      id: "agents",
      label: text.skills.agents,
      width: "92px",
      align: "end",
      cell: (skill) => (
        <span className="figures text-muted">{format.number(skill.agentCount)}</span>
      ),
    },
    {
      id: "changed",
      label: text.skills.changed,
      width: "136px",
      from: "tablet",
      align: "end",
      cell: (skill) => <Time at={skill.updatedAt} className="text-muted" />,
    },
  ];
  return (
    <Table label={text.skills.title} columns={columns} rows={rows} rowKey={(skill) => skill.id} />
  );
}

function BuiltIns({ skills: rows }: { readonly skills: readonly BuiltInSkill[] }) {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <section className="px-4 py-5" aria-label={text.skills.builtInTitle}>
      <h2 className="text-12 font-medium text-muted">{text.skills.builtInTitle}</h2>
      <ul className="mt-2 overflow-hidden rounded-card border border-line bg-raised">
        {rows.map((skill) => (
          <li
            key={skill.name}
            className="relative flex items-center gap-2.5 border-b border-line px-3 py-2.5 last:border-b-0 hover:bg-hover"
          >
            <BookOpen size={16} className="shrink-0 text-faint" />
            <Link
              to="/$slug/skills/$skillId"
              params={{ slug, skillId: builtInId }}
              className="inset-focus min-w-0 grow after:absolute after:inset-0"
            >
              <span className="block font-medium">{skill.name}</span>
              <span className="block text-12 text-muted">
                {skill.description.replaceAll("`", "")}
              </span>
            </Link>
            <span className="shrink-0 text-12 text-faint max-tablet:hidden">
              {text.skills.builtInHint}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const skeletonRows = 4;

function SkillsSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col pt-8">
      {Array.from({ length: skeletonRows }, (_, index) => (
        <div key={index} className="flex h-(--row) items-center gap-3 border-b border-line px-4">
          <Skeleton className="size-4" />
          <Skeleton className="w-48" />
          <Skeleton className="ms-auto w-24" />
        </div>
      ))}
    </div>
  );
}
