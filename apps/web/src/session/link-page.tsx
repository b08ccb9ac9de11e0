import { auth } from "@headcount/contract/users/routes";
import type { OutputOf } from "@headcount/contract/kit/route";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { describeError } from "../data/describe-error.ts";
import { loadBootstrap } from "../data/load-bootstrap.ts";
import { sendCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { LoadingMark } from "../ui/loading-mark.tsx";
import { enter } from "./enter.ts";
import { fragmentSecret } from "./fragment-secret.ts";
import { takeReturn } from "./return-path.ts";
import { SessionFrame, SessionHeading } from "./session-frame.tsx";

type Reply = OutputOf<typeof auth.link>;

/** A link works once, and effects may run twice: every use of one secret shares one call. */
const uses = new Map<string, Promise<Reply>>();

function linkReply(secret: string): Promise<Reply> {
  const running = uses.get(secret) ?? exchange(secret);
  uses.set(secret, running);
  return running;
}

/** Whoever is signed in already needs their session's token for this write as for any other. */
async function exchange(secret: string): Promise<Reply> {
  await loadBootstrap();
  return sendCommand(auth.link, { secret });
}

/** Signs in with the secret behind the #, then goes on; a used or late link says how to get another. */
export function LinkPage() {
  const text = useText();
  const navigate = useNavigate();
  const [secret] = useState(fragmentSecret);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    if (secret === null) return;
    linkReply(secret)
      .then(enter)
      .then(() => navigate({ href: takeReturn(), replace: true }))
      .catch(setError);
  }, [secret, navigate]);
  if (secret !== null && error === null) {
    return (
      <SessionFrame>
        <SessionHeading title={text.session.linkTitle} />
        <LoadingMark />
      </SessionFrame>
    );
  }
  return (
    <SessionFrame>
      <div className="flex flex-col gap-5">
        <SessionHeading
          title={text.session.linkFailedTitle}
          hint={secret === null ? text.session.linkMissingHint : describeError(error, text)}
        />
        <section className="flex flex-col gap-1.5">
          <p className="text-12 text-faint">{text.session.linkNewHint}</p>
          <CommandLine command="headcount open" />
        </section>
      </div>
    </SessionFrame>
  );
}
