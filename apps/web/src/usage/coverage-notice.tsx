import { runtimes } from "@headcount/contract/runtimes/routes";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { tutorialCli } from "../agents/best-runtime.ts";
import { query } from "../data/query.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { Notice } from "./notice.tsx";

/** Names the programs in use that do not report everything they use. */
export function CoverageNotice() {
  const text = useText();
  const format = useFormat();
  const workspace = useWorkspace();
  const programs = useQuery(query(runtimes.list, { workspace: workspace.id }));
  const inexact = (programs.data?.items ?? []).filter(
    ({ coverage, cli, agents }) =>
      coverage.level !== "exact" && cli !== tutorialCli && agents.length > 0,
  );
  const names = [...new Set(inexact.map(({ cliTitle }) => cliTitle))];
  if (names.length === 0) return null;
  return (
    <Notice
      title={text.usage.coverageTitle}
      hint={text.usage.coverageHint({ programs: format.list(names) })}
      action={
        <Link
          to="/$slug/runtimes"
          params={{ slug: workspace.slug }}
          className="shrink-0 text-accent-ink hover:underline"
        >
          {text.usage.toRuntimes}
        </Link>
      }
    />
  );
}
