import type { Io, TextOutput } from "./io.ts";

/** The real terminal, environment and signals of this process. */
export function processIo(): Io {
  const interrupt = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    // A second Ctrl-C finds no listener and ends the process at once.
    process.removeListener("SIGINT", stop);
    process.removeListener("SIGTERM", stop);
    interrupt.abort(new Error(signal));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  return {
    environment: process.env,
    workDirectory: process.cwd(),
    stdout: textOutput(process.stdout),
    stderr: textOutput(process.stderr),
    get stdinIsTerminal() {
      return process.stdin.isTTY === true;
    },
    readStdin,
    signal: interrupt.signal,
  };
}

function textOutput(stream: NodeJS.WriteStream): TextOutput {
  return {
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.isTTY ? stream.columns : 0;
    },
    write: (text) => void stream.write(text),
  };
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
