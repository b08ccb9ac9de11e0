import { auth } from "@headcount/contract/users/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { CommandLine } from "../ui/command-line.tsx";
import { rememberReturn } from "./return-path.ts";
import { SessionFrame, SessionHeading } from "./session-frame.tsx";

const route = getRouteApi("/login");

/** How to get a sign-in link; there is nothing to type here, since there are no passwords. */
export function LoginPage() {
  const text = useText();
  const { to } = route.useSearch();
  const state = useQuery(query(auth.setupState, {}));
  useEffect(() => {
    if (to !== undefined) rememberReturn(to);
  }, [to]);
  if (state.data?.needsOwner === true) {
    return (
      <SessionFrame>
        <div className="flex flex-col gap-5">
          <SessionHeading title={text.session.needsOwnerTitle} hint={text.session.needsOwnerHint} />
          <Way hint={text.session.ownerLinkCommandHint} command="headcount admin owner-link" />
        </div>
      </SessionFrame>
    );
  }
  return (
    <SessionFrame>
      <div className="flex flex-col gap-5">
        <SessionHeading title={text.session.loginTitle} hint={text.session.loginHint} />
        <Way
          title={text.session.loginOwnTitle}
          hint={text.session.loginOwnHint}
          command="headcount open"
        />
        <Way
          title={text.session.loginHostTitle}
          hint={text.session.loginHostHint}
          command="headcount admin sign-in-link EMAIL"
        />
        <p className="border-t border-line pt-4 text-12 text-faint">{text.session.loginInvited}</p>
      </div>
    </SessionFrame>
  );
}

type WayProps = { readonly title?: string; readonly hint: string; readonly command: string };

function Way({ title, hint, command }: WayProps) {
  return (
    <section className="flex flex-col gap-1.5">
      {title !== undefined && <h2 className="text-13 font-medium">{title}</h2>}
      <p className="text-12 text-faint">{hint}</p>
      <CommandLine command={command} />
    </section>
  );
}
