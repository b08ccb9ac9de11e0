import { spawn } from "node:child_process";
import { defineCommand } from "../command.ts";

export const open = defineCommand({
  name: "open",
  summary: "Open the web application, signed in",
  route: "auth.mint-sign-in-link",
  format: "table",
  refusedInTask: true,
  options: { print: { summary: "only print the one-time link" } },
  async run(cli, { options }) {
    const link = await cli.call("auth.mint-sign-in-link", {});
    const opened = !options.print && cli.io.stdout.isTerminal && (await openInBrowser(link.url));
    return { ...link, opened };
  },
  print({ url, opened }, printer) {
    printer.line(url);
    printer.hint(
      opened ? "Opened in the browser." : "Open this link; it works once, for 15 minutes.",
    );
  },
});

const openers: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/** @returns whether the system took the link */
function openInBrowser(url: string): Promise<boolean> {
  const [program, ...words] = openers[process.platform] ?? [];
  if (!program) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], { stdio: "ignore", detached: true });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}
