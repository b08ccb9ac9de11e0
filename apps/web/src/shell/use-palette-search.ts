import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Bot, CircleDot } from "lucide-react";
import { useMemo } from "react";
import { query } from "../data/query.ts";
import { useDebounced } from "../ui/use-debounced.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { useCommands, type Command } from "./commands.ts";
import { overlayStore } from "./overlay-store.ts";

const typingRestMs = 180;
const shortestWord = 2;
const most = 8;

/** Offers the issues and agents that the text of the palette finds, as commands that open them. */
export function usePaletteSearch(): void {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const typed = overlayStore((state) => state.paletteText.trim());
  const text = useDebounced(typed, typingRestMs);
  const asks = text.length >= shortestWord;
  const found = useQuery({
    ...query(issues.list, { workspace: workspace.id, text, limit: most }),
    enabled: asks,
    staleTime: 5_000,
    placeholderData: keepPreviousData,
  });
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  const { slug } = workspace;
  const commands = useMemo((): readonly Command[] => {
    if (!asks) return [];
    const open = (href: string) => () => void navigate({ href });
    return [
      ...(found.data?.items ?? []).map(
        (issue): Command => ({
          id: `open-${issue.key}`,
          label: `${issue.key}  ${issue.title}`,
          group: "issues",
          icon: CircleDot,
          // The server has matched it, perhaps in the description; the palette shall not drop it again.
          keywords: found.isPlaceholderData ? [] : [text],
          run: open(`/${slug}/issues/${issue.key}`),
        }),
      ),
      ...(staff.data?.items ?? []).map(
        (agent): Command => ({
          id: `open-agent-${agent.id}`,
          label: agent.name,
          group: "navigation",
          icon: Bot,
          run: open(`/${slug}/agents/${agent.id}`),
        }),
      ),
    ];
  }, [asks, found.data, found.isPlaceholderData, staff.data, text, slug, navigate]);
  useCommands(commands);
}
