import { lazy, type ComponentType, type LazyExoticComponent } from "react";
import { patientImport } from "../data/patient-import.ts";

/** A part whose code is fetched when it is first drawn, or before; below a `Suspense`. */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await patientImport(load) }));
}
