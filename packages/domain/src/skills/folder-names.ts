import { canonicalFolder } from "./canonical-folder.ts";
import { foldName } from "./fold-name.ts";

/**
 * A folder for every skill, in their order. Names that are taken, by other folders or by a skill
 * before, get a number behind them.
 *
 * @param taken names that are there already, as they are spelt
 */
export function folderNames(
  skills: readonly { readonly name: string; readonly key: string }[],
  taken: Iterable<string>,
): readonly string[] {
  const used = new Set([...taken].map(foldName));
  return skills.map((skill) => {
    const folder = freeName(canonicalFolder(skill), used);
    used.add(foldName(folder));
    return folder;
  });
}

function freeName(wanted: string, used: ReadonlySet<string>): string {
  if (!used.has(foldName(wanted))) return wanted;
  for (let number = 2; ; number += 1) {
    const end = `-${number}`;
    const name = `${wanted.slice(0, 64 - end.length)}${end}`;
    if (!used.has(foldName(name))) return name;
  }
}
