import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import {
  skillFileBytes,
  skillMostFiles,
  skillTotalBytes,
} from "@headcount/contract/skills/schemas";
import { foldName } from "@headcount/domain/skills/fold-name";
import { assertFiles, assertPath } from "../check-files.ts";
import type { StoredFile } from "../store.ts";
import { badArchive } from "./bad-archive.ts";

/** A skill as it was read from an archive: `SKILL.md` apart from the files beside it. */
export type ReadSkill = {
  /** Text of `SKILL.md` with its front matter. */
  readonly document: string;
  readonly files: readonly StoredFile[];
  /** Folder that it stood in, or null at the top. */
  readonly folder: string | null;
};

/** A repository may hold much besides a skill; beyond this an archive is not looked through. */
const mostEntries = 10_000;
const fileType = 0o170000;
const link = 0o120000;
const regular = 0o100000;
const leftovers = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Reads the one skill of a zip file. Sizes are checked before anything is unpacked, and again by
 * what really comes out; nothing is ever written to a disk.
 *
 * @throws invalid `skill.bad_archive` for anything that is no such archive, or not a safe one
 */
export async function readArchive(bytes: Buffer): Promise<ReadSkill> {
  const zip = await open(bytes);
  try {
    const entries = (await listEntries(zip)).filter(({ fileName }) => !leftovers.test(fileName));
    const document = findDocument(entries);
    const root = document.fileName.slice(0, -"SKILL.md".length);
    const inside = entries.filter(
      (entry) => entry.fileName.startsWith(root) && !entry.fileName.endsWith("/"),
    );
    assertSafe(inside, root);
    const files: StoredFile[] = [];
    let text = "";
    for (const entry of inside) {
      const content = await readEntry(zip, entry);
      if (entry === document) text = decodeText(content);
      else
        files.push({
          path: entry.fileName.slice(root.length),
          content,
          executable: isExecutable(entry),
        });
    }
    const folder = root === "" ? null : (root.slice(0, -1).split("/").at(-1) ?? null);
    return { document: text, files, folder };
  } finally {
    zip.close();
  }
}

function open(bytes: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    // Names with a backslash, an absolute path or a `..` are errors of the library.
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true } as const;
    fromBuffer(bytes, { ...options, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(badArchive("This is not a zip file that can be read.", error));
      else resolve(zip);
    });
  });
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > mostEntries) {
    return Promise.reject(badArchive(`The archive has more than ${mostEntries} entries.`));
  }
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (error: Error) => {
      reject(badArchive(`The archive is not safe to unpack: ${error.message}.`, error));
    });
    zip.readEntry();
  });
}

/** The `SKILL.md` that lies highest. */
function findDocument(entries: readonly Entry[]): Entry {
  const documents = entries
    .filter(({ fileName }) => foldName(fileName.split("/").at(-1) ?? "") === foldName("SKILL.md"))
    .map((entry) => ({ entry, depth: entry.fileName.split("/").length }))
    .toSorted((one, other) => one.depth - other.depth);
  const [first, second] = documents;
  if (!first) throw badArchive("There is no SKILL.md in the archive.");
  if (second?.depth === first.depth) {
    const names = documents.filter(({ depth }) => depth === first.depth);
    const listed = names.slice(0, 5).map(({ entry }) => entry.fileName);
    throw badArchive(
      `The archive holds several skills (${listed.join(", ")}); import one at a time.`,
    );
  }
  return first.entry;
}

/** Everything that the list of contents alone can tell. */
function assertSafe(entries: readonly Entry[], root: string): void {
  if (entries.length > skillMostFiles) {
    throw badArchive(`The skill has ${entries.length} files; ${skillMostFiles} are allowed.`);
  }
  const sum = entries.reduce((bytes, entry) => bytes + entry.uncompressedSize, 0);
  if (sum > skillTotalBytes) throw badArchive("Unpacked, the skill is larger than 8 MiB.");
  for (const entry of entries) {
    const name = entry.fileName;
    if (entry.isEncrypted()) throw badArchive(`${name} is encrypted.`);
    const type = (entry.externalFileAttributes >>> 16) & fileType;
    if (type === link) throw badArchive(`${name} is a link; only files are taken.`);
    if (type !== 0 && type !== regular) throw badArchive(`${name} is no ordinary file.`);
    if (entry.uncompressedSize > skillFileBytes) throw badArchive(`${name} is larger than 1 MiB.`);
    if (name.length !== root.length + "SKILL.md".length || !isDocument(name)) {
      assertPath(name.slice(root.length));
    }
  }
  const rest = entries.filter(
    (entry) => entry.fileName.slice(root.length) !== documentOf(entries, root),
  );
  assertFiles(
    "",
    rest.map((entry) => ({
      path: entry.fileName.slice(root.length),
      sizeBytes: entry.uncompressedSize,
    })),
  );
}

const isDocument = (name: string): boolean =>
  foldName(name.split("/").at(-1) ?? "") === foldName("SKILL.md");

function documentOf(entries: readonly Entry[], root: string): string {
  const found = entries.find(
    ({ fileName }) => isDocument(fileName) && fileName.slice(root.length).length === 8,
  );
  return found?.fileName.slice(root.length) ?? "";
}

/** Node's zlib stops with an error as soon as more comes out than the entry says. */
function readEntry(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      reject(badArchive(`${entry.fileName} cannot be unpacked: ${error.message}.`, error));
    };
    zip.openReadStream(entry, (error, stream) => {
      if (error) return fail(error);
      const chunks: Buffer[] = [];
      let bytes = 0;
      stream.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > skillFileBytes) stream.destroy(new Error("it is larger than it says"));
        else chunks.push(chunk);
      });
      stream.on("end", () => resolve(Buffer.concat(chunks)));
      stream.on("error", fail);
    });
  });
}

function decodeText(content: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    throw badArchive("SKILL.md is no UTF-8 text.");
  }
}

function isExecutable(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o100) !== 0;
}
