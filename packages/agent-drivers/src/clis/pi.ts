import type { CliSpec } from "../core/cli-spec.ts";
import { piRow } from "./pi-row.ts";

/** Pi, which reads its prompt from stdin and writes one event per line. */
export const pi: CliSpec = piRow({
  id: "pi",
  title: "Pi",
  bins: ["pi"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 0.87.1.",
    drivenWith: "0.87.1",
  },
  setup: { npmPackage: "@earendil-works/pi-coding-agent", installScript: null, signIn: "pi" },
  environment: {
    set: () => ({ PI_SKIP_VERSION_CHECK: "1", PI_TELEMETRY: "0" }),
    reserved: ["PI_CODING_AGENT_DIR"],
  },
  skillsDirectory: ".pi/skills",
  skillOption: "--skill",
  gap: null,
});
