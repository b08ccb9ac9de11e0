/** A gauge and a line of work, as they will be. */
export function LivePicture() {
  return (
    <svg width="180" height="72" viewBox="0 0 180 72" fill="none">
      <path d="M13.700 55.500A27 27 0 1 1 62.300 55.500" stroke="var(--line)" strokeWidth="5" />
      <path d="M13.700 55.500A27 27 0 0 1 38 17" stroke="var(--running)" strokeWidth="5" />
      <rect x="92" y="16" width="14" height="14" rx="3" fill="var(--series-3)" />
      <path d="M114 23h62" stroke="var(--strong-line)" strokeWidth="3" />
      <rect x="92" y="42" width="14" height="14" rx="3" fill="var(--series-2)" />
      <path d="M114 49h44" stroke="var(--line)" strokeWidth="3" />
    </svg>
  );
}
