import type { CliSpec, DriverKind } from "../core/cli-spec.ts";
import type { Driver } from "../core/driver.ts";
import { acpDriver } from "./acp/acp-driver.ts";
import { codexAppServerDriver } from "./codex-app-server/codex-app-server-driver.ts";
import { ndjsonDriver } from "./ndjson/ndjson-driver.ts";
import { streamJsonDriver } from "./stream-json/stream-json-driver.ts";

const drivers: Partial<Readonly<Record<DriverKind, Driver>>> = {
  "stream-json": streamJsonDriver,
  "codex-app-server": codexAppServerDriver,
  acp: acpDriver,
  ndjson: ndjsonDriver,
};

/** The driver of a CLI's protocol family. Throws for a family that no row uses yet. */
export function driverOf(spec: CliSpec): Driver {
  const driver = drivers[spec.driver];
  if (driver === undefined) throw new Error(`${spec.id}: no driver for ${spec.driver}`);
  return driver;
}
