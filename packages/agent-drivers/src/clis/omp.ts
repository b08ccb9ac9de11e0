import type { CliSpec } from "../core/cli-spec.ts";
import { piRow } from "./pi-row.ts";

/** Omp, a fork of Pi with the same stream. */
export const omp: CliSpec = piRow({
  id: "omp",
  title: "Oh My Pi",
  bins: ["omp"],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  environment: {
    set: () => ({ PI_SKIP_VERSION_CHECK: "1", PI_TELEMETRY: "0" }),
    reserved: ["PI_CODING_AGENT_DIR"],
  },
  skillsDirectory: ".omp/skills",
  skillOption: null,
  gap: "Nobody has compared the token counts of this fork with what its provider served.",
});
