import { useText } from "../i18n/use-text.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { useOfferedCommands, type CommandGroup } from "./commands.ts";
import { keyNames } from "./match-keys.ts";

type ShortcutDialogProps = {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
};

const groupOrder: readonly CommandGroup[] = ["general", "navigation", "issues", "view"];

/** Every shortcut that works on this page. */
export function ShortcutDialog({ open, onOpenChange }: ShortcutDialogProps) {
  const text = useText();
  const commands = useOfferedCommands().filter((command) => command.keys !== undefined);
  const headings: Readonly<Record<CommandGroup, string>> = {
    general: text.shell.groupGeneral,
    navigation: text.shell.groupNavigation,
    issues: text.shell.groupIssues,
    view: text.shell.groupView,
  };
  const groups = groupOrder.filter((group) => commands.some((command) => command.group === group));
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={text.shell.shortcuts}
      description={text.shell.shortcutsHint}
    >
      <div className="gap-8 tablet:columns-2">
        {groups.map((group) => (
          <section key={group} aria-label={headings[group]} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-12 font-medium text-faint">{headings[group]}</h3>
            <dl>
              {commands
                .filter((command) => command.group === group)
                .map((command) => (
                  <div key={command.id} className="flex min-h-7 items-center justify-between gap-4">
                    <dt className="truncate">{command.label}</dt>
                    <dd>
                      <Kbd keys={keyNames(command.keys ?? "")} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
