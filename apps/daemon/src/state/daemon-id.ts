import { DaemonId, newId } from "@headcount/contract/kit/ids";
import { readFileIfThere, writeFileAtomically } from "./atomic-file.ts";

/** The identity of this profile on every server: made once, then kept for good. */
export async function readOrMakeDaemonId(file: string): Promise<DaemonId> {
  const known = DaemonId.safeParse((await readFileIfThere(file))?.trim());
  if (known.success) return known.data;
  const made = newId<DaemonId>();
  await writeFileAtomically(file, `${made}\n`);
  return made;
}
