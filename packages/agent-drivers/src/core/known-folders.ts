import { join } from "node:path";

/** Where installers put programs without telling the shell of a desktop session. */
const belowHome = [
  ".local/bin",
  ".claude/local",
  ".opencode/bin",
  ".bun/bin",
  ".npm-global/bin",
  ".volta/bin",
  ".cargo/bin",
  "bin",
];

/** Only Codex is known to be shipped inside of an application. */
const insideApps: Readonly<Record<string, string>> = {
  codex: "Applications/Codex.app/Contents/Resources",
};

/** Folders to look for a program in when no PATH has it, the user's own first. */
export function knownFolders(
  cli: string,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const home = environment["HOME"];
  const own = home === undefined || home === "" ? [] : [home];
  const folders = own.flatMap((base) => belowHome.map((name) => join(base, name)));
  if (process.platform !== "darwin") return folders;
  const inside = insideApps[cli];
  const apps = inside === undefined ? [] : ["/", ...own].map((base) => join(base, inside));
  return [...folders, "/opt/homebrew/bin", ...apps];
}
