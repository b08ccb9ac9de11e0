import type { ApiError } from "@headcount/client/api-error";
import type { OutputOf } from "@headcount/contract/kit/route";
import { join } from "@headcount/contract/users/routes";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { describeError, requestIdOf } from "../data/describe-error.ts";
import type { Bootstrap } from "../data/load-bootstrap.ts";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { LoadingMark } from "../ui/loading-mark.tsx";
import { Time } from "../ui/time.tsx";
import { enter } from "./enter.ts";
import { FailureNote } from "./failure-note.tsx";
import { SessionFrame, SessionHeading } from "./session-frame.tsx";
import { signOut } from "./sign-out.ts";

const route = getRouteApi("/join/$code");

type Preview = OutputOf<typeof join.preview>;

/** What an invitation offers, and the way in: a new account, or the one that exists. */
export function JoinPage() {
  const text = useText();
  const { code } = route.useParams();
  const { bootstrap } = route.useRouteContext();
  const preview = useQuery(query(join.preview, { code }));
  return (
    <SessionFrame>
      {preview.isPending && <LoadingMark />}
      {preview.isError && (
        <div className="flex flex-col gap-3">
          <SessionHeading
            title={text.session.joinFailedTitle}
            hint={
              isMissing(preview.error)
                ? text.session.joinFailedHint
                : describeError(preview.error, text)
            }
          />
          {requestIdOf(preview.error) !== null && (
            <p className="text-11 text-faint">
              {text.common.requestId}{" "}
              <code className="font-mono">{requestIdOf(preview.error)}</code>
            </p>
          )}
        </div>
      )}
      {preview.data !== undefined && (
        <Offer preview={preview.data} code={code} bootstrap={bootstrap} />
      )}
    </SessionFrame>
  );
}

/** A code that nobody knows: the general words for it speak of things inside a workspace. */
function isMissing(error: ApiError): boolean {
  return error.code === "not_found";
}

type OfferProps = {
  readonly preview: Preview;
  readonly code: string;
  readonly bootstrap: Bootstrap | null;
};

function Offer({ preview, code, bootstrap }: OfferProps) {
  const text = useText();
  return (
    <div className="flex flex-col gap-5">
      <SessionHeading
        title={text.session.joinTitle({ workspace: preview.workspaceName })}
        hint={text.session.joinInvitedBy({
          inviter: preview.inviterName,
          role: text.members.roleWords[preview.role],
        })}
      />
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-card bg-sunken px-3 py-2 text-12">
        <dt className="text-faint">{text.session.joinFor}</dt>
        <dd className="truncate text-end">{preview.email}</dd>
        <dt className="text-faint">{text.session.joinUntil}</dt>
        <dd className="text-end">
          <Time at={preview.expiresAt} style="date" />
        </dd>
      </dl>
      <WayIn preview={preview} code={code} bootstrap={bootstrap} />
    </div>
  );
}

function WayIn({ preview, code, bootstrap }: OfferProps) {
  const text = useText();
  const signedInAs = bootstrap?.user.email ?? null;
  if (!preview.accountExists) {
    return <NewAccount code={code} email={preview.email} signedInAs={signedInAs} />;
  }
  if (signedInAs === null) {
    return (
      <div className="flex flex-col items-start gap-3">
        <div className="flex flex-col gap-1">
          <h2 className="text-13 font-medium">{text.session.joinSignInTitle}</h2>
          <p className="text-13 text-muted">{text.session.joinSignInHint}</p>
        </div>
        <Button asChild variant="primary" size="large">
          <Link to="/login" search={{ to: `/join/${code}` }}>
            {text.session.toSignIn}
          </Link>
        </Button>
      </div>
    );
  }
  if (signedInAs !== preview.email) {
    return (
      <div className="flex flex-col items-start gap-3">
        <p className="text-13 text-muted">{text.session.joinWrongAccount({ email: signedInAs })}</p>
        <Button size="large" onClick={() => void signOutHere()}>
          {text.session.signOut}
        </Button>
      </div>
    );
  }
  return <JoinWithAccount code={code} workspace={preview.workspaceName} />;
}

async function signOutHere(): Promise<void> {
  await signOut();
  location.reload();
}

function useAccept() {
  const navigate = useNavigate();
  return useCommand(join.accept, {
    onSuccess: (reply) => {
      void enter(reply).then(() =>
        navigate({ to: "/$slug/issues", params: { slug: reply.workspaceSlug }, replace: true }),
      );
    },
  });
}

type JoinWithAccountProps = { readonly code: string; readonly workspace: string };

function JoinWithAccount({ code, workspace }: JoinWithAccountProps) {
  const text = useText();
  const accept = useAccept();
  return (
    <>
      <FailureNote error={accept.error} />
      <Button
        variant="primary"
        size="large"
        busy={accept.isPending}
        onClick={() => accept.mutate({ code })}
      >
        {text.session.joinAction({ workspace })}
      </Button>
    </>
  );
}

type NewAccountProps = {
  readonly code: string;
  readonly email: string;
  readonly signedInAs: string | null;
};

function NewAccount({ code, email, signedInAs }: NewAccountProps) {
  const text = useText();
  const accept = useAccept();
  const [name, setName] = useState("");
  const [checked, setChecked] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() !== "" && !accept.isPending) accept.mutate({ code, name });
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      {signedInAs !== null && signedInAs !== email && (
        <p className="rounded-card bg-waiting-wash px-3 py-2 text-12 text-waiting-ink">
          {text.session.joinOtherAccount({ email: signedInAs })}
        </p>
      )}
      <Field
        label={text.session.name}
        error={checked && name.trim() === "" ? text.session.nameMissing : null}
      >
        {(control) => (
          <Input
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is this form
            autoFocus
            autoComplete="name"
            maxLength={100}
            className="h-9"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <FailureNote error={accept.error} />
      <Button type="submit" variant="primary" size="large" busy={accept.isPending}>
        {text.session.joinCreate}
      </Button>
    </form>
  );
}
