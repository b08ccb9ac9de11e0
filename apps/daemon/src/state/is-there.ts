import { stat } from "node:fs/promises";
import { isMissing } from "./atomic-file.ts";

/** Whether something has this name. */
export async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
