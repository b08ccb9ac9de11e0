const levels = [
  { fill: "bg-failed", width: "100%" },
  { fill: "bg-waiting", width: "82%" },
  { fill: "bg-accent", width: "34%" },
] as const;

/** What the list will look like: bars that fill towards their limits. */
export function BudgetsPicture() {
  return (
    <div className="flex w-56 flex-col gap-3 rounded-card border border-line bg-raised p-3">
      {levels.map(({ fill, width }) => (
        <div key={width} className="flex items-center gap-2">
          <span className="h-2 w-10 rounded-full bg-sunken" />
          <span className="block h-2 grow overflow-hidden rounded-full bg-sunken">
            <span className={`block h-full rounded-full ${fill}`} style={{ width }} />
          </span>
        </div>
      ))}
    </div>
  );
}
