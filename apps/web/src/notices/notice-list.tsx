import { notices } from "@headcount/contract/notices/routes";
import type { Notice } from "@headcount/contract/notices/schemas";
import { Link } from "@tanstack/react-router";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { noticeText } from "./notice-text.ts";

type NoticeListProps = {
  readonly items: readonly Notice[];
  readonly unread: number;
  /** Somebody goes where a notice leads. */
  readonly onFollow: () => void;
};

/** Notices, newest first; each leads to what it is about. */
export function NoticeList({ items, unread, onFollow }: NoticeListProps) {
  const text = useText();
  const workspace = useWorkspace();
  const read = useCommand(notices.read);
  return (
    <>
      <div className="flex h-(--header) shrink-0 items-center border-b border-line px-3">
        <h2 className="text-13 font-semibold">{text.tank.notices}</h2>
        {unread > 0 && (
          <Button
            variant="quiet"
            className="ms-auto"
            busy={read.isPending}
            onClick={() => read.mutate({ workspace: workspace.id })}
          >
            {text.tank.readAll}
          </Button>
        )}
      </div>
      <FailureNote error={read.error} />
      {items.length === 0 && <p className="p-3 text-13 text-muted">{text.tank.noNotices}</p>}
      <ul className="min-h-0 overflow-y-auto">
        {items.map((notice) => (
          <li key={notice.id} className="border-b border-line last:border-0">
            <NoticeLink
              notice={notice}
              onFollow={() => {
                if (notice.readAt === null) {
                  read.mutate({ workspace: workspace.id, ids: [notice.id] });
                }
                onFollow();
              }}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

type NoticeLinkProps = { readonly notice: Notice; readonly onFollow: () => void };

function NoticeLink({ notice, onFollow }: NoticeLinkProps) {
  const { slug } = useWorkspace();
  const look = "flex gap-2.5 px-3 py-2.5 text-13 hover:bg-hover focus-visible:bg-hover";
  const content = <NoticeContent notice={notice} />;
  const { kind, id } = notice.subject;
  if (kind === "agent" && id !== null) {
    const params = { slug, agentId: id };
    return (
      <Link to="/$slug/agents/$agentId" params={params} onClick={onFollow} className={look}>
        {content}
      </Link>
    );
  }
  const search = kind === "budget" && id !== null ? { budget: id } : {};
  return (
    <Link to="/$slug/budgets" params={{ slug }} search={search} onClick={onFollow} className={look}>
      {content}
    </Link>
  );
}

const marks = {
  action_required: { Icon: CircleAlert, look: "text-failed-ink" },
  attention: { Icon: TriangleAlert, look: "text-waiting-ink" },
  info: { Icon: Info, look: "text-faint" },
} as const;

function NoticeContent({ notice }: { readonly notice: Notice }) {
  const text = useText();
  const { title, body } = noticeText(notice, text);
  const { Icon, look } = marks[notice.severity];
  const isUnread = notice.readAt === null;
  return (
    <>
      <Icon size={16} aria-hidden="true" className={classNames("mt-0.5 shrink-0", look)} />
      <span className="min-w-0 grow">
        <span className={classNames("block", isUnread ? "font-medium" : "text-muted")}>
          {title}
          {isUnread && <span className="sr-only"> ({text.tank.unread})</span>}
        </span>
        <span className="figures block text-12 text-muted">{body}</span>
      </span>
      <Time at={notice.at} className="shrink-0 text-11 text-faint" />
    </>
  );
}
