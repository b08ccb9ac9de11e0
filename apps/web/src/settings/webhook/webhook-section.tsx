import { notices } from "@headcount/contract/notices/routes";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { SecretLine } from "../../members/secret-line.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { WebhookActions } from "./webhook-actions.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** Where notices of the workspace are sent, and how that goes. For admins. */
export function WebhookSection() {
  const workspace = useWorkspace();
  const [secret, setSecret] = useState<string | null>(null);
  const found = useQuery(query(notices.webhook, { workspace: workspace.id }));
  if (found.isPending) return <Skeleton className="w-72" />;
  if (found.isError && found.data === undefined) {
    return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  }
  const { webhook } = found.data;
  return (
    <div className="flex flex-col gap-6">
      <WebhookForm webhook={webhook} onSecret={setSecret} />
      {webhook !== null && (
        <>
          <WebhookActions webhook={webhook} onSecret={setSecret} />
          <WebhookDeliveries />
        </>
      )}
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}

type SecretDialogProps = { readonly secret: string; readonly onClose: () => void };

/** The only time at which the secret is seen. */
function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const text = useText();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.webhook.secretTitle}
      description={text.webhook.secretHint}
      footer={
        <Button variant="primary" onClick={onClose}>
          {text.common.done}
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <SecretLine value={secret} />
        <p className="text-12 text-muted">{text.webhook.howToCheck}</p>
        <code className="block overflow-x-auto rounded-control border border-line bg-sunken px-2.5 py-1.5 font-mono text-12 whitespace-pre">
          {"Headcount-Signature: t=SECONDS,v1=HEX\nHEX = HMAC-SHA256(secret, SECONDS.BODY)"}
        </code>
      </div>
    </Dialog>
  );
}
