import { skills } from "@headcount/contract/skills/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { PageHeader } from "../ui/page-header.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { FileList } from "./file-list.tsx";
import { FileText } from "./file-text.tsx";
import { FilesFrame } from "./files-frame.tsx";

const route = getRouteApi("/$slug/skills/$skillId");

/** The skill that comes with the product, to be read. */
export function BuiltInPage({ breadcrumb }: { readonly breadcrumb: ReactNode }) {
  const text = useText();
  const workspace = useWorkspace();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const list = useQuery(query(skills.list, { workspace: workspace.id }));
  const skill = list.data?.builtIns[0];
  const files = (skill?.files ?? []).map(({ path, content, executable }) => ({
    path,
    executable,
    sizeBytes: new TextEncoder().encode(content).length,
  }));
  const open = skill?.files.find(({ path }) => path === search.file);
  return (
    <>
      <PageHeader
        breadcrumb={breadcrumb}
        title={skill?.name ?? text.skills.builtIn}
        facts={
          <span className="ms-1 text-12 text-muted max-tablet:hidden">
            {text.skills.builtInHint}
          </span>
        }
      />
      <div className="min-h-0 grow overflow-y-auto">
        {list.isLoadingError && (
          <QueryError error={list.error} onRetry={() => void list.refetch()} />
        )}
        {skill !== undefined && (
          <FilesFrame
            below="header"
            list={
              <FileList
                files={files}
                instructions={skill.instructions}
                open={open?.path ?? null}
                onOpen={(file) => void navigate({ search: { ...search, file: file ?? undefined } })}
              />
            }
          >
            <FileText
              path={open?.path ?? "SKILL.md"}
              content={open?.content ?? skill.instructions}
            />
          </FilesFrame>
        )}
      </div>
    </>
  );
}
