import { z } from "zod";
import {
  skillFileBytes,
  skillMostFiles,
  skillTotalBytes,
} from "@headcount/contract/skills/schemas";
import { foldName } from "@headcount/domain/skills/fold-name";
import { assertFiles, assertPath } from "../check-files.ts";
import { badArchive } from "../archive/bad-archive.ts";
import type { ReadSkill } from "../archive/read-archive.ts";
import type { StoredFile } from "../store.ts";

/** Reads one address, within limits that the caller has set. */
export type ReadAddress = (address: string, mostBytes: number) => Promise<Buffer>;

/** A folder of a repository on GitHub. */
export type GitFolder = {
  readonly owner: string;
  readonly repository: string;
  /** Branch, tag or commit; null is the default branch. */
  readonly ref: string | null;
  /** Without slashes at its ends; empty is the top. */
  readonly path: string;
};

/** A listing of a large repository takes some megabytes. */
const listingBytes = 16 * 1024 * 1024;
const downloadsAtOnce = 6;

/** What an address of github.com names; null for any other address, also for single files there. */
export function parseGitHubFolder(address: string): GitFolder | null {
  const url = URL.parse(address);
  if (url === null || !["github.com", "www.github.com"].includes(url.hostname)) return null;
  const [owner, name, kind, ref, ...rest] = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map((part) => decodePart(part));
  if (owner === undefined || name === undefined) return null;
  const repository = name.replace(/\.git$/, "");
  if (kind === undefined) return { owner, repository, ref: null, path: "" };
  if (ref === undefined || (kind !== "tree" && kind !== "blob")) return null;
  const isDocument = kind === "blob" && foldName(rest.at(-1) ?? "") === foldName("SKILL.md");
  if (kind === "blob" && !isDocument) return null;
  return { owner, repository, ref, path: (isDocument ? rest.slice(0, -1) : rest).join("/") };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const Tree = z.object({
  truncated: z.boolean(),
  tree: z.array(
    z.object({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      size: z.number().optional(),
    }),
  ),
});
type TreeItem = z.infer<typeof Tree>["tree"][number];

/**
 * Reads a skill out of a repository: first the list of its files, then, when they fit, each of
 * them (docs.github.com, "Get a tree").
 *
 * @throws FetchError, invalid `skill.bad_archive`
 */
export async function readGitHubFolder(read: ReadAddress, folder: GitFolder): Promise<ReadSkill> {
  const ref = folder.ref ?? "HEAD";
  const place = `${encodeURIComponent(folder.owner)}/${encodeURIComponent(folder.repository)}`;
  const listing = await read(
    `https://api.github.com/repos/${place}/git/trees/${encodeURIComponent(ref)}?recursive=1`,
    listingBytes,
  );
  const { tree, truncated } = parseTree(listing);
  const root = folder.path === "" ? "" : `${folder.path}/`;
  const items = tree.filter((item) => item.path.startsWith(root) && item.type === "blob");
  const document = items.find(
    (item) => foldName(item.path.slice(root.length)) === foldName("SKILL.md"),
  );
  if (!document) throw badArchive(missingDocument(tree, truncated));
  const others = items.filter((item) => item !== document);
  assertListed(others, root);
  const base = `https://raw.githubusercontent.com/${place}/${encodeURIComponent(ref)}/`;
  const load = (item: TreeItem): Promise<Buffer> =>
    read(`${base}${item.path.split("/").map(encodeURIComponent).join("/")}`, skillFileBytes);
  const text = (await load(document)).toString("utf8");
  const files: StoredFile[] = [];
  for (let start = 0; start < others.length; start += downloadsAtOnce) {
    const batch = others.slice(start, start + downloadsAtOnce);
    const contents = await Promise.all(batch.map(load));
    for (const [index, item] of batch.entries()) {
      const content = contents[index] ?? Buffer.alloc(0);
      files.push({
        path: item.path.slice(root.length),
        content,
        executable: item.mode === "100755",
      });
    }
  }
  return { document: text, files, folder: folder.path.split("/").at(-1) || folder.repository };
}

function parseTree(listing: Buffer): z.infer<typeof Tree> {
  try {
    return Tree.parse(JSON.parse(listing.toString("utf8")));
  } catch (error) {
    throw badArchive("The host's list of files could not be read.", error);
  }
}

function missingDocument(tree: readonly TreeItem[], truncated: boolean): string {
  const known = tree
    .filter((item) => item.path.endsWith("/SKILL.md"))
    .slice(0, 5)
    .map((item) => item.path.slice(0, -"/SKILL.md".length));
  if (known.length > 0) {
    return `There is no SKILL.md in that folder. Name one of its folders, such as ${known.join(", ")}.`;
  }
  if (truncated)
    return "The repository is too large to be listed. Import a zip file of the folder.";
  return "There is no SKILL.md in that repository.";
}

function assertListed(items: readonly TreeItem[], root: string): void {
  if (items.length >= skillMostFiles) {
    throw badArchive(`The folder has ${items.length + 1} files; ${skillMostFiles} are allowed.`);
  }
  const files = items.map((item) => ({
    path: item.path.slice(root.length),
    sizeBytes: item.size ?? skillTotalBytes,
  }));
  for (const [index, { path }] of files.entries()) {
    if (items[index]?.mode === "120000")
      throw badArchive(`${path} is a link; only files are taken.`);
    assertPath(path);
  }
  assertFiles("", files);
}
