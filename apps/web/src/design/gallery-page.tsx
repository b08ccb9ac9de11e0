import {
  Bot,
  CircleDot,
  Cpu,
  Inbox,
  LayoutList,
  Plus,
  Search,
  Settings,
  Trash2,
  Users,
} from "lucide-react";
import { useState, type ReactNode } from "react";
import { ShareBar } from "../charts/share-bar.tsx";
import { Sparkline } from "../charts/sparkline.tsx";
import { StackedBars } from "../charts/stacked-bars.tsx";
import { AppFrame } from "../shell/app-frame.tsx";
import { ConnectionIndicator } from "../shell/connection-indicator.tsx";
import { NavGroup, NavItemContent, navItemLook } from "../shell/nav-item.tsx";
import { setOverlay } from "../shell/overlay-store.ts";
import { UserMenu } from "../shell/user-menu.tsx";
import { Avatar, NoAvatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { CategoryIcon, statusCategories } from "../ui/category-icon.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { Chip } from "../ui/chip.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Duration, Elapsed } from "../ui/duration.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { Field } from "../ui/field.tsx";
import { formatTokens } from "../ui/format-tokens.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { LiveDot } from "../ui/live-dot.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Money } from "../ui/money.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { priorities, PriorityIcon } from "../ui/priority-icon.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { Switch } from "../ui/switch.tsx";
import { Table } from "../ui/table.tsx";
import { taskStates } from "../ui/task-state.ts";
import { TallyMark } from "../ui/tally-mark.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useText } from "../i18n/use-text.ts";
import {
  galleryAgents,
  galleryBars,
  galleryNowMs,
  galleryPeople,
  gallerySeries,
  galleryWeek,
} from "./gallery-samples.ts";

/** Every component on one page, for whoever builds with them. Development only. */
export function GalleryPage() {
  return (
    <AppFrame sidebar={<GallerySidebar />}>
      <PageHeader
        title="Design"
        facts={<span className="figures text-12 text-faint">42</span>}
        actions={
          <>
            <IconButton
              label="Search"
              shortcut={["mod", "K"]}
              onClick={() => setOverlay("palette")}
            >
              <Search />
            </IconButton>
            <Button variant="primary" icon={<Plus />}>
              New issue
            </Button>
          </>
        }
      />
      <div className="grid min-h-0 grow content-start gap-x-10 gap-y-8 overflow-y-auto p-4 tablet:p-6 desk:grid-cols-2">
        <Marks />
        <Figures />
        <Controls />
        <Fields />
        <Charts />
        <TableSample />
        <States />
      </div>
    </AppFrame>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-4">
      <h2 className="border-b border-line pb-1.5 text-12 font-medium text-faint">{title}</h2>
      {children}
    </section>
  );
}

function Row({ children }: { readonly children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-4 gap-y-2">{children}</div>;
}

function GallerySidebar() {
  const rows = [
    ["Issues", LayoutList, "128"],
    ["Agents", Bot, undefined],
    ["Runtimes", Cpu, undefined],
    ["Members", Users, undefined],
  ] as const;
  return (
    <>
      <div className="flex h-(--header) items-center gap-2 px-4">
        <TallyMark size={20} />
        <span className="truncate font-semibold">Northwind</span>
      </div>
      <div className="flex grow flex-col overflow-y-auto px-2">
        <NavGroup>
          <a href="#inbox" className={navItemLook}>
            <NavItemContent icon={Inbox} label="Inbox" tail="3" />
          </a>
          <a href="#my" className={navItemLook}>
            <NavItemContent icon={CircleDot} label="My issues" />
          </a>
        </NavGroup>
        <NavGroup label="Workspace">
          {rows.map(([label, icon, tail], index) => (
            <a
              key={label}
              href={`#${label}`}
              aria-current={index === 0 ? "page" : undefined}
              className={navItemLook}
            >
              <NavItemContent icon={icon} label={label} tail={tail} />
            </a>
          ))}
        </NavGroup>
        <NavGroup label="Configure">
          <a href="#settings" className={navItemLook}>
            <NavItemContent icon={Settings} label="Settings" />
          </a>
        </NavGroup>
      </div>
      <div className="flex items-center justify-between border-t border-line p-2">
        <ConnectionIndicator />
        <UserMenu
          user={{ id: "u1", name: "Mara Lindqvist", email: "mara@example.org" }}
          onOpenShortcuts={() => setOverlay("shortcuts")}
        />
      </div>
    </>
  );
}

function Marks() {
  const text = useText();
  return (
    <Section title="Marks">
      <Row>
        <TallyMark size={32} />
        <TallyMark size={20} />
        <TallyMark size={14} />
        <TallyMark size={28} loading />
      </Row>
      <Row>
        {taskStates.map((state) => (
          <span key={state} className="flex items-center gap-1.5">
            <StateGlyph state={state} decorative /> {text.states.task[state]}
          </span>
        ))}
      </Row>
      <Row>
        {statusCategories.map((category) => (
          <span key={category} className="flex items-center gap-1.5">
            <CategoryIcon category={category} decorative /> {text.states.category[category]}
          </span>
        ))}
      </Row>
      <Row>
        {priorities.map((priority) => (
          <span key={priority} className="flex items-center gap-1.5">
            <PriorityIcon priority={priority} decorative /> {text.states.priority[priority]}
          </span>
        ))}
      </Row>
      <Row>
        {galleryAgents.map((actor) => (
          <Avatar key={actor.id} actor={actor} size={28} />
        ))}
      </Row>
      <Row>
        {galleryPeople.map((actor) => (
          <Avatar key={actor.id} actor={actor} size={28} />
        ))}
        {[...galleryAgents.slice(0, 3), ...galleryPeople.slice(0, 2)].map((actor) => (
          <Avatar key={actor.id} actor={actor} size={18} />
        ))}
        <NoAvatar />
      </Row>
      <Row>
        <Chip>frontend</Chip>
        <Chip tone="running" icon={<StateGlyph state="running" size={10} decorative />}>
          Ada · running tests · 3m 12s
        </Chip>
        <Chip tone="waiting">Waiting for a slot</Chip>
        <Chip tone="blocked">Blocked by HC-12</Chip>
        <Chip tone="failed">Failed</Chip>
        <Chip tone="done">Done</Chip>
        <Chip tone="accent" onRemove={() => undefined}>
          assignee: Ada
        </Chip>
      </Row>
    </Section>
  );
}

function Figures() {
  return (
    <Section title="Figures">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 [&_dt]:text-muted">
        <dt>Tokens</dt>
        <dd className="flex gap-4">
          <Tokens count={842} />
          <Tokens count={9_310} />
          <Tokens count={1_240_318} />
          <Tokens count="91240318000" />
        </dd>
        <dt>Money</dt>
        <dd className="flex gap-4">
          <Money usd="0.0042" />
          <Money usd="0.4213" />
          <Money usd="3.176" />
          <Money usd="1203.9" />
          <Money usd={null} />
        </dd>
        <dt>Duration</dt>
        <dd className="flex items-center gap-4">
          <Duration durationMs={450} />
          <Duration durationMs={192_000} />
          <Duration durationMs={7_500_000} />
          <span className="flex items-center gap-1.5">
            <LiveDot />
            <Elapsed since={new Date(galleryNowMs - 75_000)} />
          </span>
        </dd>
        <dt>Time</dt>
        <dd className="flex gap-4">
          <Time at={new Date(galleryNowMs)} />
          <Time at={new Date(galleryNowMs - 3 * 3_600_000)} />
          <Time at={new Date(galleryNowMs - 90 * 86_400_000)} />
          <Time at={new Date(galleryNowMs)} style="time" />
        </dd>
        <dt>Keys</dt>
        <dd className="flex gap-4">
          <Kbd keys={["mod", "K"]} />
          <Kbd keys={["C"]} />
          <Kbd keys={["mod", "enter"]} />
        </dd>
      </dl>
      <div className="flex flex-col gap-2">
        <Skeleton className="w-48" />
        <Skeleton className="w-72" />
      </div>
      <CommandLine command="headcount issue create --title 'Fix the login' --assign ada" />
    </Section>
  );
}

function Controls() {
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const [view, setView] = useState<"board" | "list">("board");
  const [checked, setChecked] = useState(true);
  return (
    <Section title="Controls">
      <Row>
        <Button variant="primary" busy={busy} onClick={() => setBusy(!busy)}>
          Create issue
        </Button>
        <Button onClick={() => setOpen(true)}>Open dialog</Button>
        <Button variant="quiet">Quiet</Button>
        <Button variant="danger" icon={<Trash2 />}>
          Delete
        </Button>
        <Button variant="primary" disabled>
          Disabled
        </Button>
        <Button variant="primary" busy>
          Saving now
        </Button>
      </Row>
      <Row>
        <Button size="small">Small</Button>
        <Button size="large" variant="primary">
          Large
        </Button>
        <IconButton label="Search" shortcut={["mod", "K"]}>
          <Search />
        </IconButton>
        <Segmented
          label="Layout"
          value={view}
          onChange={setView}
          options={[
            { value: "board", label: "Board" },
            { value: "list", label: "List" },
          ]}
        />
        <Menu trigger={<Button>Menu</Button>}>
          <MenuItem icon={<Search />} shortcut={["mod", "K"]}>
            Search
          </MenuItem>
          <MenuItem icon={<Settings />}>Settings</MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger>
            Delete issue
          </MenuItem>
        </Menu>
        <Combobox
          label="Assign to"
          value="a1"
          onChange={() => undefined}
          trigger={<Button>Assignee</Button>}
          options={[...galleryPeople, ...galleryAgents].map((actor) => ({
            value: actor.id,
            label: actor.name,
            icon: <Avatar actor={actor} size={18} decorative />,
            group: actor.type === "agent" ? "Agents" : "People",
          }))}
        />
        <Button
          variant="quiet"
          onClick={() =>
            showToast({
              tone: "failed",
              message: "HC-12 could not be moved.",
              action: { label: "Try again", run: () => undefined },
            })
          }
        >
          Toast
        </Button>
      </Row>
      <Checkbox label="Start the agent at once" checked={checked} onChange={setChecked} />
      <Switch
        label="Allow this agent to work unattended"
        hint="It starts tasks without asking first."
        checked={checked}
        onChange={setChecked}
      />
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete HC-12?"
        description="Its task stops. It can be restored until 21 December."
        footer={
          <>
            <Button variant="quiet" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button variant="danger">Delete</Button>
          </>
        }
      >
        <p className="text-muted">Two comments and one sub-issue go with it.</p>
      </Dialog>
    </Section>
  );
}

function Fields() {
  const [choice, setChoice] = useState<"high" | "low">("high");
  return (
    <Section title="Fields">
      <Field label="Name" hint="As your colleagues know it.">
        {(control) => <Input {...control} placeholder="Ada" />}
      </Field>
      <Field label="Slug" error="Another workspace has this address.">
        {(control) => <Input {...control} defaultValue="northwind" />}
      </Field>
      <Field label="Instructions">
        {(control) => <Textarea {...control} placeholder="How this agent should work" />}
      </Field>
      <Field label="Priority">
        {(control) => (
          <Select
            id={control.id}
            label="Priority"
            value={choice}
            onChange={setChoice}
            options={[
              { value: "high", label: "High", icon: <PriorityIcon priority="high" decorative /> },
              { value: "low", label: "Low", icon: <PriorityIcon priority="low" decorative /> },
            ]}
          />
        )}
      </Field>
    </Section>
  );
}

function Charts() {
  return (
    <Section title="Charts">
      <StackedBars
        label="Tokens per day"
        unit="tokens"
        series={gallerySeries}
        bars={galleryBars}
        formatValue={(value) => formatTokens(Math.round(value))}
      />
      <ShareBar
        label="Share of tokens by model"
        shares={gallerySeries.map((series, index) => ({ ...series, value: 50 / (index + 1) }))}
      />
      <Row>
        <Sparkline label="Tokens, last 7 days" values={[3, 8, 0, 12, 5, 9, 4]} lastIsPartial />
        <Sparkline label="Tokens, last 7 days" values={[0, 0, 0, 0, 0, 0, 0]} />
      </Row>
    </Section>
  );
}

function TableSample() {
  return (
    <Section title="Table">
      <div className="overflow-x-auto rounded-card border border-line">
        <Table
          label="Agents"
          rows={galleryAgents}
          rowKey={(agent) => agent.id}
          columns={[
            {
              id: "name",
              label: "Agent",
              cell: (agent) => (
                <a
                  href={`#${agent.id}`}
                  className="inset-focus flex items-center gap-2 after:absolute after:inset-0"
                >
                  <Avatar actor={agent} decorative />
                  <span className="truncate font-medium">{agent.name}</span>
                </a>
              ),
            },
            {
              id: "state",
              label: "Now",
              from: "tablet",
              cell: () => (
                <span className="flex items-center gap-1.5 text-muted">
                  <StateGlyph state="running" decorative /> HC-128
                </span>
              ),
            },
            {
              id: "week",
              label: "7 days",
              width: "96px",
              from: "tablet",
              cell: () => <Sparkline label="Tokens, last 7 days" values={galleryWeek} />,
            },
            {
              id: "cost",
              label: "Cost",
              align: "end",
              width: "88px",
              cell: () => <Money usd="12.4" className="text-muted" />,
            },
          ]}
        />
      </div>
    </Section>
  );
}

function States() {
  return (
    <Section title="States">
      <div className="rounded-card border border-line">
        <EmptyState
          title="An agent works on issues you assign to it"
          hint="Give it a name, instructions, and one of the CLIs found on your machines."
          action={
            <Button variant="primary" icon={<Plus />}>
              New agent
            </Button>
          }
          command="headcount agent create --name Ada --runtime local/claude"
          picture={
            <div className="flex gap-2">
              {galleryAgents.slice(0, 3).map((agent) => (
                <Avatar key={agent.id} actor={agent} size={32} decorative />
              ))}
            </div>
          }
        />
      </div>
      <div className="rounded-card border border-line">
        <ErrorState
          hint="The server did not answer in time. Nothing was changed; try again."
          requestId="019a8f4e-77d1"
          onRetry={() => undefined}
        />
      </div>
    </Section>
  );
}
