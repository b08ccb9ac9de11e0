import { Link, useNavigate } from "@tanstack/react-router";
import { reloadBootstrap } from "../data/load-bootstrap.ts";
import { useText } from "../i18n/use-text.ts";
import { SessionFrame, SessionHeading } from "../session/session-frame.tsx";
import { WorkspaceForm } from "./workspace-form.tsx";

/** A further workspace for somebody who is signed in. */
export function NewWorkspacePage() {
  const text = useText();
  const navigate = useNavigate();
  return (
    <SessionFrame>
      <div className="flex flex-col gap-5">
        <SessionHeading
          title={text.onboarding.newWorkspaceTitle}
          hint={text.onboarding.newWorkspaceHint}
        />
        <WorkspaceForm
          onCreated={({ slug }) =>
            void reloadBootstrap().then(() =>
              navigate({ to: "/$slug/issues", params: { slug }, replace: true }),
            )
          }
        />
        <Link to="/" className="text-12 text-faint hover:text-ink">
          {text.common.back}
        </Link>
      </div>
    </SessionFrame>
  );
}
