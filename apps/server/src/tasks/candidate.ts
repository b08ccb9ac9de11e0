import type { TaskState } from "@headcount/domain/tasks/transitions";
import type { TaskRow } from "./task-row.ts";

/** A locked task and the state that it takes when it is handed out. */
export type Candidate = { readonly row: TaskRow; readonly state: TaskState };
