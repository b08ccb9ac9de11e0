import type { User } from "@headcount/contract/users/schemas";

/** The zone whose days figures are counted in: the person's own, else the browser's. */
export function viewerTimeZone(user: Pick<User, "timeZone">): string {
  return user.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
