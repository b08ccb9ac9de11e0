import { SkillId } from "@headcount/contract/kit/ids";
import { skills } from "@headcount/contract/skills/routes";
import type { Skill } from "@headcount/contract/skills/schemas";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Download, Ellipsis, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { NoDetail } from "../data/no-detail.tsx";
import { query } from "../data/query.ts";
import { sendCommand, useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { showToast } from "../ui/toast.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { BuiltInPage } from "./built-in-page.tsx";
import { saveFile } from "./save-file.ts";
import { SkillAgentsTab } from "./skill-agents-tab.tsx";
import { SkillDetailsTab } from "./skill-details-tab.tsx";
import { SkillFilesTab } from "./skill-files-tab.tsx";
import { builtInId, skillTabs, type SkillTab } from "./skills-search.ts";

const route = getRouteApi("/$slug/skills/$skillId");

/** One skill: its files, who has it, and what it is. */
export function SkillPage() {
  const { skillId } = route.useParams();
  const id = SkillId.safeParse(skillId);
  if (id.success) return <KnownSkill key={id.data} skillId={id.data} />;
  if (skillId === builtInId) return <BuiltInPage breadcrumb={<Breadcrumb />} />;
  return (
    <>
      <PageHeader title={<SkillsLink />} />
      <NoSkill />
    </>
  );
}

function KnownSkill({ skillId }: { readonly skillId: SkillId }) {
  const workspace = useWorkspace();
  const skill = useQuery(query(skills.get, { workspace: workspace.id, skillId }));
  if (skill.data !== undefined) return <LoadedSkill skill={skill.data} />;
  return <NoDetail result={skill} title={<SkillsLink />} missing={<NoSkill />} />;
}

function NoSkill() {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <EmptyState
      title={text.skills.notFoundTitle}
      hint={text.skills.notFoundHint}
      action={
        <Button asChild>
          <Link to="/$slug/skills" params={{ slug }}>
            {text.skills.backToSkills}
          </Link>
        </Button>
      }
    />
  );
}

function SkillsLink() {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <Link
      to="/$slug/skills"
      params={{ slug }}
      className="text-13 font-normal text-muted hover:text-ink"
    >
      {text.skills.title}
    </Link>
  );
}

function Breadcrumb(): ReactNode {
  return (
    <span className="flex items-center gap-1.5 max-tablet:hidden">
      <SkillsLink />
      <ChevronRight size={12} className="text-faint" />
    </span>
  );
}

function LoadedSkill({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const contents: Readonly<Record<SkillTab, ReactNode>> = {
    files: <SkillFilesTab skill={skill} />,
    agents: <SkillAgentsTab skill={skill} />,
    details: <SkillDetailsTab skill={skill} />,
  };
  const counts: Readonly<Partial<Record<SkillTab, number>>> = {
    files: skill.fileCount,
    agents: skill.agents.length,
  };
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb />}
        title={skill.name}
        facts={
          <span className="ms-1 min-w-0 truncate text-12 text-muted max-tablet:hidden">
            {skill.description}
          </span>
        }
        actions={<SkillActions skill={skill} />}
      />
      <div className="min-h-0 grow overflow-y-auto *:min-h-full">
        <Tabs<SkillTab>
          label={skill.name}
          value={search.tab ?? "files"}
          onChange={(tab) =>
            void navigate({ search: { ...search, tab: tab === "files" ? undefined : tab } })
          }
          tabs={skillTabs.map((value) => {
            const count = counts[value];
            return {
              value,
              label: text.skills.tabs[value],
              content: contents[value],
              ...(count === undefined ? {} : { count }),
            };
          })}
        />
      </div>
    </>
  );
}

function SkillActions({ skill }: { readonly skill: Skill }) {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const input = { workspace: workspace.id, skillId: skill.id };
  const remove = useCommand(skills.delete, {
    onSuccess: () => void navigate({ to: "/$slug/skills", params: { slug: workspace.slug } }),
  });
  const isOwn = skill.creator.id === workspace.user.id;
  const mayDelete =
    skill.canEdit && isAllowed(workspace.role, "skill.delete", isOwn ? "own" : "other");
  const save = (): void => {
    sendCommand(skills.export, input).then(
      ({ fileName, data }) => saveFile(fileName, data),
      (error: unknown) => showToast({ tone: "failed", message: describeError(error, text) }),
    );
  };
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={text.common.more}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Download />} onSelect={save}>
          {text.skills.export}
        </MenuItem>
        {mayDelete && (
          <MenuItem danger icon={<Trash2 />} onSelect={() => setDeleting(true)}>
            {text.skills.deleteSkill}
          </MenuItem>
        )}
      </Menu>
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        width="narrow"
        title={text.skills.deleteTitle({ name: skill.name })}
        footer={
          <>
            <Button onClick={() => setDeleting(false)}>{text.common.cancel}</Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate(input)}>
              {text.common.delete}
            </Button>
          </>
        }
      >
        <p className="text-muted">{text.skills.deleteHint({ count: skill.agents.length })}</p>
        <FailureNote error={remove.error} />
      </Dialog>
    </>
  );
}
