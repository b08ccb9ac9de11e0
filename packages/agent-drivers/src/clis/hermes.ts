import { join } from "node:path";
import type { CliSpec, PrivateHome } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

const home: PrivateHome = {
  folder: "hermes-home",
  variable: "HERMES_HOME",
  own: ".hermes",
  filledBy: "links",
};

/** Hermes Agent. A profile has to be named in front of its sub-command. */
export const hermes: CliSpec = acpRow({
  id: "hermes",
  title: "Hermes Agent",
  bins: ["hermes"],
  verified: false,
  version: { args: ["--version"], minimum: null, note: "Not driven yet." },
  protocolArguments: () => ["acp"],
  leadingOptions: { "-p": "value", "--profile": "value" },
  resumeKind: "rpc-resume",
  blocked: {
    acp: "flag",
    "-z": "value",
    "--oneshot": "value",
    "-m": "value",
    "--model": "value",
    "--provider": "value",
    "-r": "value",
    "--resume": "value",
    "-c": "optional",
    "--continue": "optional",
    "-s": "value",
    "--skills": "value",
  },
  environment: {
    set: (options) => ({
      HERMES_YOLO_MODE: "1",
      ...(options.usesPrivateHome
        ? { [home.variable]: join(options.privateDirectory, home.folder) }
        : {}),
    }),
    reserved: [home.variable],
  },
  context: { skillsDirectory: "skills", skillsIn: "private-home", privateHome: home },
  usage: {
    source: acpUsageSources.any,
    accumulation: "session",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Nobody has compared Hermes's token counts with what its provider served.",
  },
  // Some builds say nothing of http servers and reach them nevertheless.
  dialect: { assumesHttpMcp: true },
});
