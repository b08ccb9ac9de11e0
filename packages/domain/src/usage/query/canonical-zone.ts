/** The name that the calendar itself uses for a zone: `Asia/Kolkata` and `Asia/Calcutta` are one. */
export function canonicalZone(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}
