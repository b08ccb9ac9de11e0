import { startEmbeddedPostgres } from "../start-embedded-postgres.ts";

/** A parent process for tests to kill: starts the server on the directory it is given and says so. */
const server = await startEmbeddedPostgres({ dataDirectory: process.argv[2] ?? "" });
process.stdout.write(`${JSON.stringify({ url: server.url, port: server.port })}\n`);
setInterval(() => {}, 60_000);
