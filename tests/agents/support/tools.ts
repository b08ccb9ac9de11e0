import { readFile } from "node:fs/promises";
import { waitFor } from "@headcount/testkit/wait-for";

/** A command that writes its process id to a file and then runs until it is ended. */
export function runForEver(pidFile: string): string {
  return `echo $$ > '${pidFile}'; exec tail -f /dev/null`;
}

/** A command that starts something in a session of its own which no polite signal ends. */
export function leaveStubborn(pidFile: string): string {
  const stubborn = `trap "" TERM INT HUP; echo $$ > "${pidFile}"; exec tail -f /dev/null`;
  return `setsid sh -c '${stubborn}' > /dev/null 2>&1 &`;
}

/** The process id that a command wrote. */
export function pidIn(file: string): Promise<number> {
  return waitFor(
    async () => {
      const text = await readFile(file, "utf8").catch(() => "");
      return text.endsWith("\n") && Number(text);
    },
    { describe: `a process id in ${file}`, timeoutMs: 60_000 },
  );
}
