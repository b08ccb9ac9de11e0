import { defineCommand } from "../command.ts";
import { findRuntime } from "../find/find-runtime.ts";
import { usageWord, verifiedWord } from "../output/usage-word.ts";

export const runtimeGet = defineCommand({
  name: "runtime get",
  summary: "Show one runtime: its program, how well it is known, and what keeps it from working",
  route: "runtimes.get",
  arguments: { runtime: { summary: "name or id" } },
  async run(cli, { argumentValues }) {
    const { id } = await findRuntime(cli, argumentValues.runtime);
    return cli.call("runtimes.get", { workspace: await cli.workspace(), runtimeId: id });
  },
  print(runtime, printer) {
    const { coverage, inspection, slots } = runtime;
    printer.fields([
      ["Name", runtime.customName ?? runtime.name],
      ["Program", `${runtime.cliTitle} ${runtime.cliVersion ?? ""}`.trim()],
      ["Verified", verifiedWord(runtime)],
      ["Usage", [usageWord(coverage), coverage.reason].filter((part) => part !== "").join(": ")],
      ["Health", runtime.health],
      ["Problem", runtime.problemDetail ?? runtime.problem],
      ["Repair", runtime.repairHint],
      ["Signed in", signInWord(inspection.signIn)],
      ["Sign in", inspection.signIn === "signed_out" ? inspection.signInCommand : null],
      ["Models", `${runtime.models.length} (${inspection.modelsSource})`],
      ["Free", `${slots.free}/${slots.total}`],
      ["Sharing", runtime.sharing],
      ["Owner", runtime.owner.name],
      ["Agents", runtime.agents.map((agent) => agent.name).join(", ")],
      ["Machine", `${runtime.machineName}, ${runtime.platform}, daemon ${runtime.daemonVersion}`],
      ["Id", runtime.id],
    ]);
  },
});

function signInWord(signIn: "signed_in" | "signed_out" | "unknown"): string {
  if (signIn === "signed_in") return "yes";
  return signIn === "signed_out" ? "no" : "it does not say";
}
