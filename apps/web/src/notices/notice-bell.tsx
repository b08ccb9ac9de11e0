import { notices } from "@headcount/contract/notices/routes";
import { useQuery } from "@tanstack/react-query";
import { Bell } from "lucide-react";
import { useState } from "react";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Popover } from "../ui/popover.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { NoticeList } from "./notice-list.tsx";

/** What one was told, behind a bell that says how much of it is unread. */
export function NoticeBell() {
  const text = useText();
  const workspace = useWorkspace();
  const [open, setOpen] = useState(false);
  const list = useQuery(query(notices.list, { workspace: workspace.id, limit: 30 }));
  const unread = list.data?.unread ?? 0;
  const label = unread === 0 ? text.tank.notices : text.tank.noticesUnread({ count: unread });
  return (
    <Popover
      label={text.tank.notices}
      open={open}
      onOpenChange={setOpen}
      side="top"
      className="flex max-h-[70dvh] w-90 max-w-[calc(100vw-1rem)] flex-col p-0!"
      trigger={
        <IconButton label={label} tooltipSide="top" className="relative">
          <Bell />
          {unread > 0 && (
            <span
              aria-hidden="true"
              className="figures absolute -end-0.5 -top-0.5 grid h-3.5 min-w-3.5 place-items-center rounded-full bg-waiting px-0.5 text-11 leading-none font-medium text-ground"
            >
              {unread > 99 ? "99" : unread}
            </span>
          )}
        </IconButton>
      }
    >
      <NoticeList items={list.data?.items ?? []} unread={unread} onFollow={() => setOpen(false)} />
    </Popover>
  );
}
