import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { tutorialCli } from "../agents/best-runtime.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { AddComputerCommands } from "../runtimes/add-computer-dialog.tsx";
import { groupByMachine } from "../runtimes/group-by-machine.ts";
import { HealthMark } from "../runtimes/health-mark.tsx";
import { Repair } from "../runtimes/repair.tsx";
import { Button } from "../ui/button.tsx";
import { Chip } from "../ui/chip.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { FoundSessionsOffer } from "../usage/found-sessions-offer.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { StepFrame } from "./step-frame.tsx";

const longWaitMs = 20_000;

/** The agent programs of this machine, as they are found. */
export function MachineStep({ onDone }: { readonly onDone: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(runtimes.list, { workspace: workspace.id, owner: "me" }));
  const machines = groupByMachine(list.data?.items ?? []);
  return (
    <StepFrame title={text.onboarding.machineTitle} hint={text.onboarding.machineHint}>
      {list.isLoadingError && <QueryError error={list.error} onRetry={() => void list.refetch()} />}
      {!list.isLoadingError && machines.length === 0 && <Waiting />}
      {machines.map((machine) => (
        <section key={machine.daemonId} className="flex flex-col gap-2">
          <h2 className="text-12 font-medium text-faint">{machine.freshest.machineName}</h2>
          <ul className="overflow-hidden rounded-card border border-line bg-raised">
            {tutorialLast(machine.runtimes).map((runtime) => (
              <Program key={runtime.id} runtime={runtime} />
            ))}
          </ul>
        </section>
      ))}
      {machines.length > 0 && (
        <>
          <FoundSessionsOffer />
          <p className="text-13 text-faint">{text.onboarding.machineOthers}</p>
          <div>
            <Button variant="primary" size="large" onClick={onDone}>
              {text.onboarding.continueAction}
            </Button>
          </div>
        </>
      )}
    </StepFrame>
  );
}

function Program({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  const isTutorial = runtime.cli === tutorialCli;
  return (
    <li className="motion-fade flex flex-col gap-2 border-b border-line px-4 py-3 last:border-b-0">
      <div className="flex min-w-0 items-center gap-2">
        <span className="truncate text-14 font-medium">{runtime.cliTitle}</span>
        {runtime.cliVersion !== null && !isTutorial && (
          <span className="figures text-12 text-faint">{runtime.cliVersion}</span>
        )}
        {isTutorial && <Chip>{text.onboarding.tutorialLabel}</Chip>}
        {!isTutorial && !runtime.verified && <Chip tone="waiting">{text.runtimes.unverified}</Chip>}
        <HealthMark
          health={runtime.health}
          hasProblem={runtime.problem !== null}
          className="ms-auto shrink-0 text-12 text-muted"
        />
      </div>
      {isTutorial && <p className="text-13 text-muted">{text.onboarding.tutorialHint}</p>}
      <Repair runtime={runtime} />
    </li>
  );
}

function Waiting() {
  const text = useText();
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), longWaitMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      role="status"
      className="flex flex-col gap-4 rounded-card border border-dashed border-strong-line px-4 py-5"
    >
      <p className="flex items-center gap-2.5 text-muted">
        <TallyMark size={18} loading />
        {text.onboarding.machineWaiting}
      </p>
      {isLong && (
        <>
          <p className="text-13 text-muted">{text.onboarding.machineWaitingLong}</p>
          <AddComputerCommands />
        </>
      )}
    </div>
  );
}

function tutorialLast(programs: readonly Runtime[]): readonly Runtime[] {
  return programs.toSorted(
    (left, right) => Number(left.cli === tutorialCli) - Number(right.cli === tutorialCli),
  );
}
