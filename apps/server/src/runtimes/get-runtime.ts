import { runtimes } from "@headcount/contract/runtimes/routes";
import { query } from "../platform/command.ts";
import { getRuntime } from "./read-runtimes.ts";

export const getRuntimeQuery = query(runtimes.get, (ctx, input) =>
  getRuntime(ctx, input.runtimeId),
);
