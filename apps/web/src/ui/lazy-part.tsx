import type { ComponentType } from "react";
import { QueryError } from "../data/query-error.tsx";
import { onDemand, type OnDemand } from "./on-demand.tsx";

/** A part of a page whose code is fetched on demand; below a `Suspense`. Says in its place if it cannot be had. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): OnDemand<Props> {
  return onDemand(load, QueryError);
}
