import type { Handler } from "./platform/command.ts";

/** Every command and query of the API, by slice. */
export const handlers: readonly Handler[] = [];
