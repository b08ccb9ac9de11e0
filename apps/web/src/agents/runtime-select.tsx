import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { HealthMark } from "../runtimes/health-mark.tsx";
import { Select } from "../ui/select.tsx";

/** Runtimes of the workspace that one may see; empty while they load. */
export function useRuntimes(workspaceId: string): readonly Runtime[] {
  const list = useQuery(query(runtimes.list, { workspace: workspaceId }));
  return list.data?.items ?? [];
}

/** Those that an agent of this owner may be bound to: shared ones and the owner's own. */
export function usableBy(runtimes: readonly Runtime[], ownerId: string): readonly Runtime[] {
  return runtimes.filter(({ sharing, owner }) => sharing === "workspace" || owner.id === ownerId);
}

type RuntimeSelectProps = {
  readonly id?: string;
  readonly runtimes: readonly Runtime[];
  readonly value: Runtime["id"] | null;
  readonly onChange: (runtimeId: Runtime["id"] | null) => void;
  readonly disabled?: boolean;
  readonly className?: string;
};

const noneValue = "none";

/** Which program on which machine does an agent's work. */
export function RuntimeSelect({
  id,
  runtimes: choices,
  value,
  onChange,
  disabled = false,
  className,
}: RuntimeSelectProps) {
  const text = useText();
  const options = choices.map((runtime) => ({
    value: runtime.id as string,
    label: runtime.name,
    icon: <HealthMark health={runtime.health} hasProblem={runtime.problem !== null} hideWord />,
  }));
  const known = value === null || choices.some((runtime) => runtime.id === value);
  const hidden = known ? [] : [{ value: value as string, label: text.agents.unknownRuntime }];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      label={text.agents.runtime}
      placeholder={text.agents.chooseRuntime}
      value={value ?? noneValue}
      disabled={disabled}
      options={[{ value: noneValue, label: text.agents.noRuntime }, ...hidden, ...options]}
      onChange={(chosen) => onChange(choices.find((runtime) => runtime.id === chosen)?.id ?? null)}
      {...(className === undefined ? {} : { className })}
    />
  );
}
