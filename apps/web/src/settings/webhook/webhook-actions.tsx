import { notices } from "@headcount/contract/notices/routes";
import type { NoticeWebhook } from "@headcount/contract/notices/schemas";
import { useState } from "react";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { FailureNote } from "../../session/failure-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Switch } from "../../ui/switch.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { useSetWebhook } from "./use-set-webhook.ts";

type WebhookActionsProps = {
  readonly webhook: NoticeWebhook;
  readonly onSecret: (secret: string) => void;
};

/** Off and on, a test, another secret, and the end of it. */
export function WebhookActions({ webhook, onSecret }: WebhookActionsProps) {
  const text = useText();
  const workspace = useWorkspace();
  const [asking, setAsking] = useState<"rotate" | "remove" | null>(null);
  const { url, types } = webhook;
  const stored = { workspace: workspace.id, url, types };
  const set = useSetWebhook();
  const test = useCommand(notices.testWebhook);
  return (
    <div className="flex flex-col gap-4">
      {webhook.disabledReason !== null && (
        <p className="rounded-card bg-failed-wash px-3 py-2 text-12 text-failed-ink">
          {text.webhook.gaveUp}
        </p>
      )}
      <Switch
        label={text.webhook.enabled}
        hint={text.webhook.enabledHint}
        checked={webhook.enabled}
        disabled={set.isPending}
        onChange={(enabled) => set.mutate({ ...stored, enabled })}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          disabled={!webhook.enabled}
          busy={test.isPending}
          onClick={() => test.mutate({ workspace: workspace.id })}
        >
          {text.webhook.test}
        </Button>
        <Button onClick={() => setAsking("rotate")}>{text.webhook.rotate}</Button>
        <Button variant="danger" onClick={() => setAsking("remove")}>
          {text.webhook.remove}
        </Button>
      </div>
      <FailureNote error={set.error ?? test.error} />
      {asking === "rotate" && (
        <RotateDialog
          webhook={webhook}
          onClose={() => setAsking(null)}
          onSecret={(secret) => {
            setAsking(null);
            onSecret(secret);
          }}
        />
      )}
      {asking === "remove" && <RemoveDialog onClose={() => setAsking(null)} />}
    </div>
  );
}

type RotateDialogProps = WebhookActionsProps & { readonly onClose: () => void };

function RotateDialog({ webhook, onClose, onSecret }: RotateDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { url, types, enabled } = webhook;
  const rotate = useSetWebhook((secret) => (secret === null ? onClose() : onSecret(secret)));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.webhook.rotateTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="primary"
            busy={rotate.isPending}
            onClick={() =>
              rotate.mutate({ workspace: workspace.id, url, types, enabled, newSecret: true })
            }
          >
            {text.webhook.rotate}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.webhook.rotateHint}</p>
      <FailureNote error={rotate.error} />
    </Dialog>
  );
}

function RemoveDialog({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const remove = useCommand(notices.removeWebhook, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.webhook.removeTitle}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ workspace: workspace.id })}
          >
            {text.webhook.remove}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.webhook.removeHint}</p>
      <FailureNote error={remove.error} />
    </Dialog>
  );
}
