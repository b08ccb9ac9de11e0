import type { Job } from "./platform/jobs.ts";

/** Every job that the server runs by itself, with its schedule. */
export const jobs: readonly Job[] = [];
