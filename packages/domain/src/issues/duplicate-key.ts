/**
 * Key under which two titles count as the same: lower case, white space collapsed, canonical
 * Unicode form. The caller adds workspace and project.
 */
export function duplicateTitleKey(title: string): string {
  return title.normalize("NFC").replace(/\s+/gu, " ").trim().toLowerCase();
}
