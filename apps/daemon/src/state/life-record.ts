import { z } from "zod";
import { readFileIfThere, writeFileAtomically } from "./atomic-file.ts";

/** How the daemon of a profile was started and why it ended. */
export const LifeRecord = z.object({
  pid: z.int(),
  startedAt: z.string(),
  /** Null while it runs, and after a death that left no time for last words. */
  stoppedAt: z.string().nullable(),
  stopReason: z.string().nullable(),
});
export type LifeRecord = z.infer<typeof LifeRecord>;

export async function readLifeRecord(file: string): Promise<LifeRecord | null> {
  const text = await readFileIfThere(file);
  if (text === null) return null;
  return LifeRecord.safeParse(JSON.parse(text)).data ?? null;
}

export async function writeLifeRecord(file: string, record: LifeRecord): Promise<void> {
  await writeFileAtomically(file, `${JSON.stringify(record)}\n`);
}
