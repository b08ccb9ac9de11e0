import { useFormat } from "../i18n/use-format.ts";

export type Share = {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly colour: string;
};

type ShareBarProps = { readonly label: string; readonly shares: readonly Share[] };

/** Parts of a whole in one bar, each named with its percentage right below. */
export function ShareBar({ label, shares }: ShareBarProps) {
  const format = useFormat();
  const total = shares.reduce((sum, share) => sum + share.value, 0);
  if (total <= 0) return null;
  const shown = shares.filter((share) => share.value > 0);
  return (
    <figure aria-label={label} className="flex flex-col gap-2">
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full">
        {shown.map((share) => (
          <span
            key={share.id}
            className="min-w-0.5"
            style={{ width: `${(share.value / total) * 100}%`, background: share.colour }}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
        {shown.map((share) => (
          <li key={share.id} className="flex items-center gap-1.5">
            <span
              aria-hidden="true"
              className="size-2 rounded-[2px]"
              style={{ background: share.colour }}
            />
            {share.label}
            <span className="figures text-faint">{format.percent(share.value / total)}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
