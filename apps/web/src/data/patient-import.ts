import { noteReplacedApp } from "../realtime/version-store.ts";
import { GoneCode } from "./gone-code.ts";
import { isOtherApp } from "./is-other-app.ts";

const firstPauseMs = 1_000;
const longestPauseMs = 15_000;
/** How often a file may be missing from a server that answers, before it counts as gone. */
const mostRefusals = 2;

/**
 * Fetches code, over a line that may be cut, for as long as the server cannot be reached. What waits
 * for it goes on showing what it showed; nothing that a person typed is thrown away by an error.
 *
 * @throws {GoneCode} where the server answers and has no such file, most likely because it hands out
 *   a newer app by now; the shell then offers a reload
 */
export async function patientImport<Module>(load: () => Promise<Module>): Promise<Module> {
  let refusals = 0;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    try {
      return await load();
    } catch (error) {
      if (await serverAnswers()) refusals += 1;
      if (refusals >= mostRefusals) throw await goneCode(error);
      await pause(pauseMs);
    }
  }
}

async function goneCode(cause: unknown): Promise<GoneCode> {
  const isReplaced = isOtherApp(await pageOfServer(), entryOfThisApp());
  if (isReplaced) noteReplacedApp();
  return new GoneCode(cause, isReplaced);
}

/** Empty where it cannot be had. */
async function pageOfServer(): Promise<string> {
  return fetch("/", { cache: "no-store" }).then(
    (answer) => answer.text(),
    () => "",
  );
}

function entryOfThisApp(): string {
  return document.querySelector("script[type=module][src]")?.getAttribute("src") ?? "";
}

async function serverAnswers(): Promise<boolean> {
  return fetch("/favicon.svg", { method: "HEAD", cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Waits, but no longer than until the browser says that it is back on a network. */
function pause(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, pauseMs);
    addEventListener("online", go);
  });
}
