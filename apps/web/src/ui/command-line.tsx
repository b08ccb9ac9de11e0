import { CopyButton } from "./copy-button.tsx";
import { UnbrokenWords } from "./unbroken-words.tsx";

/** A terminal command to copy. */
export function CommandLine({ command }: { readonly command: string }) {
  return (
    <div className="flex min-w-0 max-w-full items-center gap-1 rounded-control border border-line bg-sunken py-0.5 pe-1 ps-2.5">
      <code className="min-w-0 grow font-mono text-12 text-ink">
        <span aria-hidden="true" className="select-none text-faint">
          ${" "}
        </span>
        <UnbrokenWords text={command} />
      </code>
      <CopyButton value={command} />
    </div>
  );
}
