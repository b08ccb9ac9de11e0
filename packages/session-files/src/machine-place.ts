/** Where to look: a home folder, and the variables by which CLIs are told to keep files elsewhere. */
export type MachinePlace = {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

/** Folders named by a variable (several with commas between), or the usual ones. */
export function foldersOf(
  place: MachinePlace,
  variable: string,
  usual: readonly string[],
): readonly string[] {
  const stated = (place.environment[variable] ?? "")
    .split(",")
    .map((folder) => folder.trim())
    .filter((folder) => folder !== "");
  return stated.length > 0 ? stated : usual;
}
