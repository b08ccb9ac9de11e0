import { defineCommand } from "../command.ts";

export const serverCommand = defineCommand({
  name: "server",
  summary: "Start the whole platform on this machine",
  details:
    "Starts the database, the API, the web application and a daemon for this machine in one process. Ctrl-C stops them in order, a second Ctrl-C at once.",
  refusedInTask: true,
  options: {
    port: { value: "PORT", summary: "8080 unless stated; 0 takes a free one" },
    host: { value: "ADDRESS", summary: "address to listen on, 127.0.0.1 unless stated" },
    dataDir: { value: "PATH", summary: "where everything is kept, ~/.headcount/server" },
    roles: { value: "LIST", summary: "parts to run: api,realtime,jobs,web" },
    localDaemon: { negated: true, summary: "without a daemon for this machine" },
  },
  examples: ["headcount server --port 9000 --data-dir ./data"],
  async run(cli, { options }) {
    const { runServer } = await import("./run-server.ts");
    await runServer(cli, {
      port: options.port,
      host: options.host,
      dataDir: options.dataDir,
      roles: options.roles,
      // Without the flag the environment decides.
      localDaemon: options.localDaemon ? undefined : false,
    });
  },
});
