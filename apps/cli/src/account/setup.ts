import { defineCommand } from "../command.ts";

export const setup = defineCommand({
  name: "setup",
  summary: "Connect this machine: server, sign-in, daemon, test",
  details:
    "Asks for the server, signs you in, enrols this machine and starts its daemon. What is there already is only replaced after a question.",
  format: "table",
  refusedInTask: true,
  options: {
    token: { value: "TOKEN", summary: "personal token; other programs may see it here" },
    tokenStdin: { summary: "personal token from standard input" },
    deviceName: { value: "NAME", summary: "what people call this machine" },
    daemon: { negated: true, summary: "sign in only: this machine takes no work" },
  },
  examples: [
    "headcount setup",
    "headcount setup --server-url https://headcount.example --token-stdin",
  ],
  async run(cli, { options }) {
    const { setUpMachine } = await import("./set-up-machine.ts");
    return setUpMachine(cli, {
      token: options.token,
      tokenStdin: options.tokenStdin ?? false,
      deviceName: options.deviceName,
      withDaemon: options.daemon,
    });
  },
  print(result, printer) {
    printer.line(`Signed in to ${result.serverUrl} as ${result.email}.`);
    if (!result.daemon) return;
    printer.line(`This machine is enrolled as ${result.daemon.deviceName}; its daemon runs.`);
    for (const found of result.daemon.clis) printer.line(`- ${found}`);
    printer.hint("Try it with `headcount doctor --run`.");
  },
});
