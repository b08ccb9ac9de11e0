import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "../ui/command-line.tsx";

/** A program without an account: no fault, because an agent may bring a key of its own. */
export function SignInNote({ runtime }: { readonly runtime: Runtime }) {
  const text = useText();
  const { signIn, signInCommand } = runtime.inspection;
  if (signIn !== "signed_out" || runtime.problem !== null) return null;
  return (
    <div className="flex max-w-180 flex-col gap-1.5 rounded-card bg-waiting-wash px-3 py-2 text-12 text-muted">
      <p>
        <span className="font-medium text-waiting-ink">{text.runtimes.signedOut}</span>{" "}
        {text.runtimes.signedOutHint}
      </p>
      {signInCommand !== null && <CommandLine command={signInCommand} />}
    </div>
  );
}
