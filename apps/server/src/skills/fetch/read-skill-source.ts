import type { InputOf } from "@headcount/contract/kit/route";
import type { skills } from "@headcount/contract/skills/routes";
import { skillArchiveBytes, skillFileBytes } from "@headcount/contract/skills/schemas";
import { badArchive } from "../archive/bad-archive.ts";
import { readArchive, type ReadSkill } from "../archive/read-archive.ts";
import { decodeBase64 } from "../check-files.ts";
import { AppError } from "../../platform/app-error.ts";
import { fetchPublic } from "../../platform/fetch-public.ts";
import { FetchError } from "../../platform/public-request.ts";
import { parseGitHubFolder, type ReadAddress, readGitHubFolder } from "./read-git-host.ts";

type Source = InputOf<typeof skills.import>["source"];

/** Clients give a call half a minute. */
const fetchMs = 25_000;

/**
 * Reads the skill that an import names.
 *
 * @param openHosts hosts that may be asked although they are not public
 * @throws invalid, unavailable `skill.unreachable`
 */
export async function readSkillSource(
  source: Source,
  openHosts: readonly string[],
): Promise<ReadSkill> {
  if (source.kind === "archive") {
    const bytes = decodeBase64(source.data);
    if (bytes.length > skillArchiveBytes) throw badArchive("The archive is larger than 16 MiB.");
    return readArchive(bytes);
  }
  const signal = AbortSignal.timeout(fetchMs);
  const read: ReadAddress = (address, mostBytes) =>
    fetchPublic(address, { mostBytes, signal, openHosts });
  try {
    const folder = parseGitHubFolder(source.url);
    if (folder !== null) return await readGitHubFolder(read, folder);
    return await readAddress(source.url, await read(source.url, skillArchiveBytes));
  } catch (error) {
    throw error instanceof FetchError ? asAppError(error) : error;
  }
}

/** A zip file begins with these letters; anything else is taken for a `SKILL.md`. */
function readAddress(address: string, bytes: Buffer): Promise<ReadSkill> {
  if (bytes.subarray(0, 2).toString("latin1") === "PK") return readArchive(bytes);
  if (bytes.length > skillFileBytes)
    throw badArchive("That is no zip file, and too large for text.");
  const document = bytes.toString("utf8");
  if (!/^\uFEFF?---[ \t]*\r?\n/.test(document)) {
    throw badArchive("That is neither a zip file nor a SKILL.md with front matter.");
  }
  const folder = URL.parse(address)?.pathname.split("/").at(-2) ?? "";
  return Promise.resolve({ document, files: [], folder: folder === "" ? null : folder });
}

function asAppError(error: FetchError): AppError {
  const { kind, message, cause } = error;
  return kind === "bad_address"
    ? new AppError("invalid", message, { reason: "skill.bad_address", cause })
    : new AppError("unavailable", message, { reason: "skill.unreachable", cause });
}
