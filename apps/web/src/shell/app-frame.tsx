import { Suspense, useMemo, useState, type ReactNode } from "react";
import { Command as CommandIcon, Keyboard, PanelLeft } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { lazyOverlay } from "../ui/lazy-overlay.tsx";
import { classNames } from "../ui/class-names.ts";
import { afterFirstPaint } from "../ui/after-first-paint.ts";
import { later } from "../ui/later.tsx";
import { Toasts } from "../ui/toast.tsx";
import { useCommands, type Command } from "./commands.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { LiveRegion } from "./live-region.tsx";
import { overlayStore, setOverlay } from "./overlay-store.ts";
import { setDrawerOpen, sidebarStore, toggleSidebar } from "./sidebar-store.ts";
import { useCommandKeys } from "./use-command-keys.ts";
import { useKeptFocus } from "./use-kept-focus.ts";

const Drawer = later(async () => (await import("../ui/drawer.tsx")).Drawer);

const Palette = lazyOverlay(async () => (await import("./palette.tsx")).Palette);
const ShortcutDialog = lazyOverlay(
  async () => (await import("./shortcut-dialog.tsx")).ShortcutDialog,
);

afterFirstPaint(() => import("./palette.tsx"));
afterFirstPaint(() => import("./shortcut-dialog.tsx"));

type AppFrameProps = { readonly sidebar: ReactNode; readonly children: ReactNode };

/** Sidebar beside the page, a drawer on phones; palette, shortcuts, toasts and live region around it. */
export function AppFrame({ sidebar, children }: AppFrameProps) {
  const text = useText();
  const { collapsed, drawerOpen } = sidebarStore();
  useCommandKeys();
  useKeptFocus();
  useGeneralCommands();
  return (
    // Whatever is hidden for screen readers only must not make the page longer than its frame.
    <div className="relative flex h-full overflow-clip">
      <a
        href="#content"
        className="sr-only z-60 rounded-control bg-raised px-3 py-2 shadow-float focus:not-sr-only focus:fixed focus:left-2 focus:top-2"
      >
        {text.shell.skipToContent}
      </a>
      <nav
        aria-label={text.shell.navigation}
        className={classNames(
          "flex w-(--sidebar) shrink-0 flex-col border-e border-line bg-sunken max-tablet:hidden",
          collapsed && "hidden",
        )}
      >
        {sidebar}
      </nav>
      <Drawer
        open={drawerOpen}
        onOpenChange={setDrawerOpen}
        title={text.shell.navigation}
        side="left"
        className="bg-sunken"
      >
        {/* A link that is followed closes the drawer over the page it opened. */}
        <div
          className="flex min-h-full flex-col"
          onClickCapture={(event) => {
            if (event.target instanceof Element && event.target.closest("a")) setDrawerOpen(false);
          }}
        >
          {sidebar}
        </div>
      </Drawer>
      <div className="flex min-w-0 grow flex-col">
        <ConnectionBanner />
        <main id="content" tabIndex={-1} className="flex min-h-0 grow flex-col outline-none">
          {children}
        </main>
      </div>
      <Overlays />
      <Toasts />
      <LiveRegion />
    </div>
  );
}

function useGeneralCommands(): void {
  const text = useText();
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: "palette",
        label: text.shell.palette,
        group: "general",
        keys: "mod+k",
        icon: CommandIcon,
        hidden: true,
        run: () => setOverlay("palette"),
      },
      {
        id: "shortcuts",
        label: text.shell.shortcuts,
        group: "general",
        keys: "?",
        icon: Keyboard,
        run: () => setOverlay("shortcuts"),
      },
      {
        id: "sidebar",
        label: text.shell.toggleSidebar,
        group: "view",
        keys: "mod+b",
        icon: PanelLeft,
        run: toggleSidebar,
      },
    ],
    [text],
  );
  useCommands(commands);
}

function Overlays() {
  const overlay = overlayStore((state) => state.overlay);
  const [everOpened, setEverOpened] = useState(false);
  if (overlay !== null && !everOpened) setEverOpened(true);
  if (!everOpened) return null;
  const close = () => setOverlay(null);
  return (
    <Suspense>
      <Palette open={overlay === "palette"} onOpenChange={close} />
      <ShortcutDialog open={overlay === "shortcuts"} onOpenChange={close} />
    </Suspense>
  );
}
