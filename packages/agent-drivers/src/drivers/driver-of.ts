import type { CliSpec, DriverKind } from "../core/cli-spec.ts";
import type { Driver } from "../core/driver.ts";
import { acpDriver } from "./acp/acp-driver.ts";
import { bufferedDriver } from "./buffered/buffered-driver.ts";
import { codexAppServerDriver } from "./codex-app-server/codex-app-server-driver.ts";
import { ndjsonDriver } from "./ndjson/ndjson-driver.ts";
import { streamJsonDriver } from "./stream-json/stream-json-driver.ts";

const drivers: Readonly<Record<DriverKind, Driver>> = {
  "stream-json": streamJsonDriver,
  "codex-app-server": codexAppServerDriver,
  acp: acpDriver,
  ndjson: ndjsonDriver,
  buffered: bufferedDriver,
};

/** The driver of a CLI's protocol family. */
export function driverOf(spec: CliSpec): Driver {
  return drivers[spec.driver];
}
