import { useEffect, useState, type ComponentType } from "react";
import { GoneCode } from "../data/gone-code.ts";
import { QueryError } from "../data/query-error.tsx";
import { mayReloadFor, reloadFor } from "../data/reload-once.ts";
import { LoadingMark } from "./loading-mark.tsx";
import { onDemand, type MissingProps, type OnDemand } from "./on-demand.tsx";

/**
 * The component of a route, fetched when somebody goes there. Where the server hands out a newer app
 * the address is loaded anew with that, once for a missing file; whoever goes to another page leaves
 * nothing behind that is not stored. Otherwise the error is shown.
 */
export function lazyPage<Module>(
  load: () => Promise<Module>,
  name: keyof Module & `${string}Page`,
): OnDemand<object> {
  return onDemand(async () => pageOf(await load(), name), MissingPage);
}

/**
 * What ends in `Page` is a component without props. A signature that said so would make the type of
 * every page part of the router's type, which pages in turn are made with.
 */
function pageOf<Module>(module: Module, name: keyof Module): ComponentType {
  return module[name] as ComponentType;
}

function MissingPage({ error, onRetry }: MissingProps) {
  const [file] = useState(() => fileToReloadFor(error));
  useEffect(() => {
    if (file !== null) reloadFor(file);
  }, [file]);
  if (file !== null) return <LoadingMark />;
  return <QueryError error={error} onRetry={onRetry} />;
}

function fileToReloadFor(error: unknown): string | null {
  if (!(error instanceof GoneCode) || !error.isReplaced) return null;
  return mayReloadFor(error.file) ? error.file : null;
}
