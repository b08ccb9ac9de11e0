import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { groupByMachine } from "./group-by-machine.ts";

type AddComputerDialogProps = {
  readonly runtimes: readonly Runtime[];
  readonly onClose: () => void;
};

/** The two commands for another computer; it is announced here as soon as it has connected. */
export function AddComputerDialog({ runtimes, onClose }: AddComputerDialogProps) {
  const text = useText();
  const [before] = useState(() => new Set(runtimes.map(({ daemonId }) => daemonId)));
  const found = groupByMachine(runtimes).filter(({ daemonId }) => !before.has(daemonId));
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={text.runtimes.addTitle}
      description={text.runtimes.addHint}
      footer={
        <Button variant={found.length > 0 ? "primary" : "secondary"} onClick={onClose}>
          {found.length > 0 ? text.common.done : text.common.close}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <AddComputerCommands />
        <div role="status" className="flex flex-col gap-2 rounded-card bg-sunken px-3 py-2.5">
          {found.length === 0 && (
            <span className="flex items-center gap-2 text-muted">
              <TallyMark size={16} loading />
              {text.runtimes.addWaiting}
            </span>
          )}
          {found.map((machine) => (
            <span key={machine.daemonId} className="flex flex-wrap items-center gap-x-2">
              <StateGlyph state="done" decorative />
              <span className="font-medium">
                {text.runtimes.addFound({ machine: machine.freshest.machineName })}
              </span>
              <span className="text-muted">
                {text.runtimes.addPrograms({ count: machine.runtimes.length })}
              </span>
            </span>
          ))}
        </div>
        <p className="text-12 text-faint">{text.runtimes.addNeeds}</p>
      </div>
    </Dialog>
  );
}

/** What to type on the other computer. */
export function AddComputerCommands() {
  const text = useText();
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-col gap-1">
        <p className="text-12 text-muted">{text.runtimes.addFirst}</p>
        <CommandLine command={`headcount setup --server-url ${location.origin}`} />
      </div>
      <div className="flex flex-col gap-1">
        <p className="text-12 text-muted">{text.runtimes.addSecond}</p>
        <CommandLine command="headcount daemon start" />
      </div>
    </div>
  );
}
