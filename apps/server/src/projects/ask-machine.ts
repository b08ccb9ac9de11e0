import type { DaemonId } from "@headcount/contract/kit/ids";
import type { LocalDirectory } from "@headcount/contract/projects/directory";
import type { Services } from "../platform/context.ts";

/** A machine looks at a folder within milliseconds; one that does not is busy or gone. */
const answerMs = 5_000;

/** What a machine has said about a folder; it may have said nothing. */
export type DirectoryVerdict = "fine" | "no_answer" | { readonly problem: string };

/**
 * Asks a machine whether tasks may run in one of its folders. Question and answer are signals: the
 * machine may be connected to another process of this server.
 */
export function askMachine(
  services: Pick<Services, "signal" | "onSignal" | "newId">,
  daemonId: DaemonId,
  { path, mode }: LocalDirectory,
): Promise<DirectoryVerdict> {
  const checkId = services.newId();
  const { promise, resolve } = Promise.withResolvers<DirectoryVerdict>();
  const off = services.onSignal((signal) => {
    if (signal.topic !== "directory-checked" || signal.checkId !== checkId) return;
    // Only the machine itself knows.
    if (signal.daemonId !== daemonId) return;
    resolve(signal.problem === null ? "fine" : { problem: signal.problem });
  });
  const timer = setTimeout(() => resolve("no_answer"), answerMs);
  services.signal({ topic: "directory-check", daemonId, checkId, path, mode });
  return promise.finally(() => {
    off();
    clearTimeout(timer);
  });
}
