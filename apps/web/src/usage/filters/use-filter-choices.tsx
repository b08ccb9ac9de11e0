import { agents } from "@headcount/contract/agents/routes";
import { members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { prices } from "@headcount/contract/usage/price-routes";
import { useQuery } from "@tanstack/react-query";
import { modelColour } from "../../charts/series-colour.ts";
import { asTimePasses } from "../../data/as-time-passes.ts";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Avatar } from "../../ui/avatar.tsx";
import type { FilterOption } from "../../ui/filter-menu.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { noneWord } from "./check-filters.ts";
import type { FilterChoices } from "./filter-choices.ts";

/** What usage can be narrowed to: everything that exists, archived agents and all models ever used too. */
export function useFilterChoices(): FilterChoices {
  const text = useText();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id };
  const working = useQuery(query(agents.list, input));
  const archived = useQuery(query(agents.list, { ...input, archived: true }));
  const people = useQuery(query(members.list, input));
  const programs = useQuery(query(runtimes.list, input));
  const existing = useQuery(query(projects.list, input));
  // Asked at every call that is booked, the list of all models ever used would be far too dear.
  const used = useQuery({ ...query(prices.list, input), staleTime: asTimePasses });
  const none = (label: string): FilterOption => ({ value: noneWord, label });
  const staff = new Map(
    [...(working.data?.items ?? []), ...(archived.data?.items ?? [])].map(({ id, name }) => [
      id,
      name,
    ]),
  );
  const models = [...new Set(used.data?.items.map(({ model }) => model))].toSorted();
  return {
    project:
      existing.data === undefined
        ? null
        : [
            ...existing.data.items.map(({ id, title }) => ({ value: id, label: title })),
            none(text.issues.noProject),
          ],
    agent:
      working.data === undefined || archived.data === undefined
        ? null
        : [
            ...[...staff].map(([id, name]) => ({
              value: id,
              label: name,
              icon: <Avatar actor={{ type: "agent", id, name }} size={16} decorative />,
            })),
            none(text.usage.unmanaged),
          ],
    runtime: programs.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? null,
    member:
      people.data?.items.map(({ id, name }) => ({
        value: id,
        label: name,
        icon: <Avatar actor={{ type: "member", id, name }} size={16} decorative />,
      })) ?? null,
    model:
      used.data === undefined
        ? null
        : models.map((model) => ({
            value: model,
            label: model,
            icon: (
              <span
                aria-hidden="true"
                className="size-2 shrink-0 rounded-[2px]"
                style={{ background: modelColour(model) }}
              />
            ),
          })),
  };
}
