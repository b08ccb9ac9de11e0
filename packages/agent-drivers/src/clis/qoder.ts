import type { CliSpec } from "../core/cli-spec.ts";
import { qoderRow } from "./qoder-row.ts";

/** Qoder CLI. */
export const qoder: CliSpec = qoderRow({ id: "qoder", title: "Qoder CLI", bin: "qodercli" });
