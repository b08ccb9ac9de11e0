import { notices } from "@headcount/contract/notices/routes";
import type { WebhookDelivery } from "@headcount/contract/notices/schemas";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { QueryError } from "../../data/query-error.tsx";
import { query } from "../../data/query.ts";
import { useCommand } from "../../data/use-command.ts";
import { useText } from "../../i18n/use-text.ts";
import { FailureNote } from "../../session/failure-note.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip, type ChipTone } from "../../ui/chip.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Time } from "../../ui/time.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** `headcount notice webhook` and the API show all of them. */
const shown = 20;

/** What was sent last, how it was answered, and once more. */
export function WebhookDeliveries() {
  const text = useText();
  const workspace = useWorkspace();
  const titleId = useId();
  const found = useQuery(query(notices.deliveries, { workspace: workspace.id, limit: shown }));
  const replay = useCommand(notices.replay);
  const items = found.data?.items ?? [];
  return (
    <section aria-labelledby={titleId} className="flex flex-col gap-2">
      <h3 id={titleId} className="text-12 font-medium text-muted">
        {text.webhook.deliveries}
      </h3>
      {found.isPending && <Skeleton className="w-full" />}
      {found.isError && found.data === undefined && (
        <QueryError error={found.error} onRetry={() => void found.refetch()} />
      )}
      {found.data !== undefined && items.length === 0 && (
        <p className="text-13 text-faint">{text.webhook.noDeliveries}</p>
      )}
      {items.length > 0 && (
        <ul className="overflow-hidden rounded-card border border-line">
          {items.map((delivery) => (
            <DeliveryRow
              key={delivery.id}
              delivery={delivery}
              isBusy={replay.isPending}
              onReplay={() => replay.mutate({ workspace: workspace.id, deliveryId: delivery.id })}
            />
          ))}
        </ul>
      )}
      <FailureNote error={replay.error} />
    </section>
  );
}

const tones: Readonly<Record<WebhookDelivery["state"], ChipTone>> = {
  waiting: "waiting",
  delivered: "done",
  failed: "failed",
};

type DeliveryRowProps = {
  readonly delivery: WebhookDelivery;
  readonly isBusy: boolean;
  readonly onReplay: () => void;
};

function DeliveryRow({ delivery, isBusy, onReplay }: DeliveryRowProps) {
  const text = useText();
  const { type, state, status, tries, error, createdAt, nextTryAt } = delivery;
  const name = type === "test" ? text.webhook.testName : text.webhook.types[type];
  const isRetried = state === "waiting" && tries > 0;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-2 last:border-b-0">
      <span className="min-w-0 grow basis-40">
        <span className="flex items-center gap-2">
          <span className="truncate">{name}</span>
          <Chip tone={tones[state]}>
            {isRetried ? text.webhook.retried : text.webhook.states[state]}
          </Chip>
        </span>
        <span className="figures block text-12 text-muted">
          <Time at={createdAt} />
          {status !== null && ` · HTTP ${status}`}
          {tries > 1 && ` · ${text.webhook.tries({ count: tries })}`}
          {isRetried && nextTryAt !== null && (
            <>
              {` · ${text.webhook.nextTry} `}
              <Time at={nextTryAt} />
            </>
          )}
        </span>
        {error !== null && status === null && state !== "delivered" && (
          <span className="block break-words text-12 text-failed-ink">{error}</span>
        )}
      </span>
      <Button
        size="small"
        disabled={isBusy}
        aria-label={text.webhook.replayLabel({ name })}
        onClick={onReplay}
      >
        {text.webhook.replay}
      </Button>
    </li>
  );
}
