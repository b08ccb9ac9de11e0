import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useMemo } from "react";
import { useText } from "../i18n/use-text.ts";
import { openCreateDialog } from "../issues/create/create-dialog-store.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { useCommands, type Command } from "./commands.ts";
import { navigation } from "./navigation.ts";

/** Commands that every page of a workspace offers: create an issue, go to a page. */
export function useWorkspaceCommands(): void {
  const text = useText();
  const navigate = useNavigate();
  const { slug } = useWorkspace();
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "create-issue",
        label: text.shell.newIssue,
        group: "issues",
        keys: "c",
        icon: Plus,
        run: () => openCreateDialog({}),
      },
      ...navigation.map(
        (entry): Command => ({
          id: `go-${entry.to}`,
          label: text.shell.goTo({ page: text.shell[entry.label] }),
          group: "navigation",
          icon: entry.icon,
          run: () => void navigate({ to: entry.to, params: { slug } }),
        }),
      ),
    ],
    [text, navigate, slug],
  );
  useCommands(commands);
}
