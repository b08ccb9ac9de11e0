import { useText } from "../../i18n/use-text.ts";
import { recordCommand } from "../../pull-requests/record-command.ts";
import { CommandLine } from "../../ui/command-line.tsx";
import { isLoopback } from "./is-loopback.ts";

/** Says that nothing can arrive at an address of the server's own machine, and what does instead. */
export function LoopbackNote({ urls }: { readonly urls: readonly string[] }) {
  const text = useText();
  if (!urls.some(isLoopback)) return null;
  return (
    <div className="flex w-full flex-col gap-2 rounded-card bg-waiting-wash px-3 py-2 text-12 text-waiting-ink">
      <p>{text.pullRequests.loopback}</p>
      <CommandLine command={recordCommand} />
    </div>
  );
}
