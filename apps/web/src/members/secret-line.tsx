import { CopyButton } from "../ui/copy-button.tsx";

/** A link or token that is shown once, ready to be copied whole. */
export function SecretLine({ value }: { readonly value: string }) {
  return (
    <div className="flex min-w-0 items-center gap-1 rounded-control border border-line bg-sunken py-1 pe-1 ps-2.5">
      <code className="min-w-0 grow select-all break-all font-mono text-12">{value}</code>
      <CopyButton value={value} />
    </div>
  );
}
