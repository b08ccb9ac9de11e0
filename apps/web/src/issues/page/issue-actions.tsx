import { issues } from "@headcount/contract/issues/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { useNavigate } from "@tanstack/react-router";
import { Ellipsis, Hash, Link2, Trash2 } from "lucide-react";
import { useState } from "react";
import { describeError } from "../../data/describe-error.ts";
import { sendCommand, useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** What can be done with an issue as a whole. */
export function IssueActions({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const input = { workspace: workspace.id, issue: issue.id };
  const remove = useCommand(issues.delete, {
    onSuccess: () => {
      setDeleting(false);
      void navigate({ to: "/$slug/issues", params: { slug: workspace.slug } });
      showToast({
        tone: "plain",
        message: text.issues.deletedToast({ key: issue.key }),
        action: { label: text.issues.undo, run: () => void sendCommand(issues.restore, input) },
      });
    },
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  const copy = (value: string) => void navigator.clipboard.writeText(value);
  return (
    <>
      <IconButton
        label={text.issues.copyLink}
        className="max-tablet:hidden"
        onClick={() => copy(`${location.origin}/${workspace.slug}/issues/${issue.key}`)}
      >
        <Link2 />
      </IconButton>
      <Menu
        align="end"
        trigger={
          <IconButton label={text.common.more}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Hash />} onSelect={() => copy(issue.key)}>
          {text.issues.copyKey}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setDeleting(true)}>
          {text.issues.deleteIssue}
        </MenuItem>
      </Menu>
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        width="narrow"
        title={text.issues.deleteTitle({ key: issue.key })}
        description={text.issues.deleteHint}
        footer={
          <>
            <Button variant="quiet" onClick={() => setDeleting(false)}>
              {text.common.cancel}
            </Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate(input)}>
              {text.common.delete}
            </Button>
          </>
        }
      >
        <p className="text-muted">{issue.title}</p>
      </Dialog>
    </>
  );
}
