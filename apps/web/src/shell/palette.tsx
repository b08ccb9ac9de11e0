import { Command as Cmdk } from "cmdk";
import { Dialog } from "radix-ui";
import { useText } from "../i18n/use-text.ts";
import { returnFocus } from "../ui/focus-memory.ts";
import { Kbd } from "../ui/kbd.tsx";
import { menuRowLook } from "../ui/menu.tsx";
import { useOfferedCommands, type Command, type CommandGroup } from "./commands.ts";
import { keyNames } from "./match-keys.ts";
import { overlayStore, setPaletteText } from "./overlay-store.ts";

type PaletteProps = { readonly open: boolean; readonly onOpenChange: (open: boolean) => void };

const groupOrder: readonly CommandGroup[] = ["issues", "navigation", "view", "general"];

/** Every command and page by typing a part of its name. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const text = useText();
  const typed = overlayStore((state) => state.paletteText);
  const commands = useOfferedCommands().filter((command) => command.hidden !== true);
  const headings: Readonly<Record<CommandGroup, string>> = {
    general: text.shell.groupGeneral,
    navigation: text.shell.groupNavigation,
    issues: text.shell.groupIssues,
    view: text.shell.groupView,
  };
  const run = (command: Command) => {
    onOpenChange(false);
    // The palette gives focus back as it closes; what a command opens must come after that.
    setTimeout(command.run, 0);
  };
  const groups = groupOrder.filter((group) => commands.some((command) => command.group === group));
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="motion-fade fixed inset-0 z-40 bg-scrim" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={returnFocus}
          className="motion-dialog fixed left-1/2 top-[14vh] z-50 w-[min(580px,calc(100vw-24px))] -translate-x-1/2 overflow-hidden rounded-dialog bg-raised shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{text.shell.palette}</Dialog.Title>
          <Cmdk label={text.shell.palette} loop filter={matchesWords}>
            <Cmdk.Input
              value={typed}
              onValueChange={setPaletteText}
              placeholder={text.shell.paletteHint}
              className="h-12 w-full border-b border-line bg-transparent px-4 text-16 outline-none tablet:text-14"
            />
            <Cmdk.List className="max-h-[min(380px,56vh)] overflow-y-auto p-1.5">
              <Cmdk.Empty className="px-3 py-6 text-center text-13 text-faint">
                {text.shell.paletteEmpty}
              </Cmdk.Empty>
              {groups.map((group) => (
                <Cmdk.Group
                  key={group}
                  heading={headings[group]}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint"
                >
                  {commands
                    .filter((command) => command.group === group)
                    .map((command) => (
                      <PaletteRow key={command.id} command={command} onRun={() => run(command)} />
                    ))}
                </Cmdk.Group>
              ))}
            </Cmdk.List>
          </Cmdk>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/**
 * Every typed word has to stand in the command's name or keywords; letters scattered over it do not
 * count. Where the words stand together as they were typed, the command goes before others.
 */
function matchesWords(_id: string, typed: string, keywords: readonly string[] = []): number {
  const name = keywords.join(" ").toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (name.includes(wanted)) return 1;
  return wanted.split(/\s+/).every((word) => name.includes(word)) ? looseMatch : 0;
}

const looseMatch = 0.5;

function PaletteRow({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  const Icon = command.icon;
  return (
    <Cmdk.Item
      value={command.id}
      keywords={[command.label, ...(command.keywords ?? [])]}
      onSelect={onRun}
      className={`${menuRowLook} min-h-8 px-2.5 [&>svg]:text-muted`}
    >
      {Icon !== undefined && <Icon />}
      <span className="grow truncate">{command.label}</span>
      {command.keys !== undefined && <Kbd keys={keyNames(command.keys)} />}
    </Cmdk.Item>
  );
}
