import { ApiError } from "@headcount/client/api-error";
import { EmailAddress } from "@headcount/contract/users/schemas";
import { auth } from "@headcount/contract/users/routes";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { LoadingMark } from "../ui/loading-mark.tsx";
import { enter } from "./enter.ts";
import { FailureNote } from "./failure-note.tsx";
import { fragmentSecret } from "./fragment-secret.ts";
import { SessionFrame, SessionHeading } from "./session-frame.tsx";

/** Creates the owner with the one-time link, or says what to do when the link cannot. */
export function SetupPage() {
  const state = useQuery(query(auth.setupState, {}));
  const [secret] = useState(fragmentSecret);
  return (
    <SessionFrame>
      {state.isPending && <LoadingMark />}
      {state.isError && <QueryError error={state.error} onRetry={() => void state.refetch()} />}
      {state.data?.needsOwner === false && <OwnerExists />}
      {state.data?.needsOwner === true && secret === null && <NoSecret />}
      {state.data?.needsOwner === true && secret !== null && <OwnerForm secret={secret} />}
    </SessionFrame>
  );
}

function OwnerExists() {
  const text = useText();
  return (
    <div className="flex flex-col items-start gap-5">
      <SessionHeading title={text.session.ownerExistsTitle} hint={text.session.ownerExistsHint} />
      <Button asChild variant="primary" size="large">
        <Link to="/login">{text.session.toSignIn}</Link>
      </Button>
    </div>
  );
}

function NoSecret() {
  const text = useText();
  return (
    <div className="flex flex-col gap-5">
      <SessionHeading title={text.session.noSecretTitle} hint={text.session.noSecretHint} />
      <NewOwnerLink />
    </div>
  );
}

function NewOwnerLink() {
  const text = useText();
  return (
    <div className="flex flex-col gap-1.5">
      <p className="text-12 text-faint">{text.session.ownerLinkCommandHint}</p>
      <CommandLine command="headcount admin owner-link" />
    </div>
  );
}

type OwnerFormProps = { readonly secret: string };

function OwnerForm({ secret }: OwnerFormProps) {
  const text = useText();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [checked, setChecked] = useState(false);
  const setup = useCommand(auth.setup, {
    onSuccess: (reply) => {
      void enter(reply).then(() => navigate({ href: "/onboarding", replace: true }));
    },
  });
  if (isReason(setup.error, "owner_link.used")) return <OwnerExists />;
  if (isReason(setup.error, "owner_link.unknown")) {
    return (
      <div className="flex flex-col gap-5">
        <SessionHeading
          title={text.session.ownerLinkUnknownTitle}
          hint={text.session.ownerLinkUnknownHint}
        />
        <NewOwnerLink />
      </div>
    );
  }
  const emailIsValid = EmailAddress.safeParse(email.trim()).success;
  const nameIsValid = name.trim() !== "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!emailIsValid || !nameIsValid || setup.isPending) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    setup.mutate({ secret, name, email: email.trim(), timeZone });
  };
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={send}>
      <SessionHeading title={text.session.setupTitle} hint={text.session.setupHint} />
      <div className="flex flex-col gap-4">
        <Field
          label={text.session.name}
          error={checked && !nameIsValid ? text.session.nameMissing : null}
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
        <Field
          label={text.session.email}
          hint={text.session.emailHint}
          error={checked && !emailIsValid ? text.session.emailInvalid : null}
        >
          {(control) => (
            <Input
              {...control}
              type="email"
              autoComplete="email"
              maxLength={254}
              className="h-9"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
      </div>
      <FailureNote error={setup.error} />
      <Button type="submit" variant="primary" size="large" busy={setup.isPending}>
        {text.session.setupAction}
      </Button>
    </form>
  );
}

function isReason(error: unknown, reason: string): boolean {
  return error instanceof ApiError && error.reason === reason;
}
