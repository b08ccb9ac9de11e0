import type { CliSpec } from "../core/cli-spec.ts";
import { qoderRow } from "./qoder-row.ts";

/** Qoder CLI (China). */
export const qoderclicn: CliSpec = qoderRow({
  id: "qoderclicn",
  title: "Qoder CLI (China)",
  bin: "qoderclicn",
});
