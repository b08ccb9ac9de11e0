import { AppError } from "../platform/app-error.ts";
import { violatedConstraint } from "../platform/database.ts";

/** Runs a write and says in words when another active agent has the name. @throws conflict `name_taken` */
export async function refuseTakenName<T>(name: string, write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (violatedConstraint(error) !== "agents_name") throw error;
    throw new AppError("conflict", `Another agent is named ${name}. Choose another name.`, {
      reason: "name_taken",
      cause: error,
    });
  }
}
