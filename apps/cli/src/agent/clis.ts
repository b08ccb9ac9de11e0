import { defineCommand } from "../command.ts";
import { usageWord, verifiedWord } from "../output/usage-word.ts";

export const agentClis = defineCommand({
  name: "agent clis",
  summary: "List every agent CLI that can be driven, and how well it is known",
  details:
    "VERIFIED names the version of the real program that passed. USAGE says how exactly its tokens are known, WHY what is missing.",
  format: "table",
  async run() {
    const { cliSpecs } = await import("@headcount/agent-drivers/clis/cli-specs");
    const { coverageOf } = await import("@headcount/daemon/machine/coverage-of");
    return {
      items: cliSpecs.map((spec) => ({
        cli: spec.id,
        title: spec.title,
        programs: [...spec.bins],
        minimumVersion: spec.version.minimum,
        verified: spec.verified,
        verifiedVersion: spec.verified ? (spec.version.drivenWith ?? null) : null,
        note: spec.version.note,
        coverage: coverageOf(spec),
        resumes: spec.resume.kind !== "none",
        install: spec.setup?.npmPackage ? `npm install -g ${spec.setup.npmPackage}` : null,
        signIn: spec.setup?.signIn ?? null,
      })),
    };
  },
  print({ items }, printer) {
    printer.table(items, [
      { title: "CLI", value: (row) => row.cli },
      { title: "NAME", value: (row) => row.title, shrinks: true },
      { title: "NEEDS", value: (row) => row.minimumVersion },
      { title: "VERIFIED", value: (row) => verifiedWord(row) },
      { title: "USAGE", value: (row) => usageWord(row.coverage) },
      { title: "WHY", value: (row) => row.coverage.reason, shrinks: true },
    ]);
  },
});
