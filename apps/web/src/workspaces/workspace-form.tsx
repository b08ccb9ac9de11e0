import { ApiError } from "@headcount/client/api-error";
import { IssuePrefix, WorkspaceSlug, type Workspace } from "@headcount/contract/workspaces/schemas";
import { reservedSlugs } from "@headcount/contract/workspaces/reserved-slugs";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { useState, type FormEvent } from "react";
import type { Catalogue } from "../i18n/catalogue.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { prefixOf, slugOf } from "./slug-of.ts";

type WorkspaceFormProps = { readonly onCreated: (workspace: Workspace) => void };

/** Name, address and issue prefix of a new workspace; the latter two follow the name until they are edited. */
export function WorkspaceForm({ onCreated }: WorkspaceFormProps) {
  const text = useText();
  const [name, setName] = useState("");
  const [ownSlug, setOwnSlug] = useState<string | null>(null);
  const [ownPrefix, setOwnPrefix] = useState<string | null>(null);
  const [checked, setChecked] = useState(false);
  const slug = ownSlug ?? slugOf(name);
  const prefix = ownPrefix ?? prefixOf(slug);
  const create = useCommand(workspaces.create, { onSuccess: onCreated });
  const taken = create.error instanceof ApiError && create.error.reason === "name_taken";
  const slugError = slugProblem(slug, text);
  const prefixIsValid = IssuePrefix.safeParse(prefix).success;
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || slugError !== null || !prefixIsValid || create.isPending) return;
    create.mutate({ name, slug, issuePrefix: prefix });
  };
  const changeSlug = (value: string) => {
    setOwnSlug(value.toLowerCase().replaceAll(" ", "-"));
    create.reset();
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      <Field
        label={text.onboarding.workspaceName}
        error={checked && name.trim() === "" ? text.session.nameMissing : null}
      >
        {(control) => (
          <Input
            {...control}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- naming it is what one came for
            autoFocus
            maxLength={80}
            className="h-9"
            placeholder={text.onboarding.workspaceNamePlaceholder}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              create.reset();
            }}
          />
        )}
      </Field>
      <div className="grid gap-4 tablet:grid-cols-[1fr_128px]">
        <Field
          label={text.onboarding.workspaceAddress}
          hint={text.onboarding.workspaceAddressHint}
          error={addressError({ taken, checked, slugError, text })}
        >
          {(control) => (
            <div className="flex items-center rounded-control border border-strong-line bg-sunken ps-2 focus-within:border-accent">
              <span className="shrink-0 text-faint">{location.host}/</span>
              <Input
                {...control}
                maxLength={48}
                spellCheck={false}
                autoCapitalize="none"
                className="h-8.5 rounded-s-none border-0 bg-transparent! ps-0! font-medium focus-visible:outline-0"
                value={slug}
                onChange={(event) => changeSlug(event.target.value)}
              />
            </div>
          )}
        </Field>
        <Field
          label={text.onboarding.workspacePrefix}
          error={checked && !prefixIsValid ? text.onboarding.prefixInvalid : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={10}
              spellCheck={false}
              className="h-9 font-medium"
              value={prefix}
              onChange={(event) =>
                setOwnPrefix(event.target.value.toUpperCase().replaceAll(/[^A-Z0-9]/g, ""))
              }
            />
          )}
        </Field>
      </div>
      {prefix !== "" && (
        <p className="-mt-2 text-12 text-faint">
          {text.onboarding.workspacePrefixHint({ example: `${prefix}-1` })}
        </p>
      )}
      <FailureNote error={taken ? null : create.error} />
      <div>
        <Button type="submit" variant="primary" size="large" busy={create.isPending}>
          {text.onboarding.workspaceCreate}
        </Button>
      </div>
    </form>
  );
}

function slugProblem(slug: string, text: Catalogue): string | null {
  if (reservedSlugs.has(slug)) return text.onboarding.slugReserved;
  return WorkspaceSlug.safeParse(slug).success ? null : text.onboarding.slugInvalid;
}

type AddressErrorFacts = {
  readonly taken: boolean;
  readonly checked: boolean;
  readonly slugError: string | null;
  readonly text: Catalogue;
};

function addressError({ taken, checked, slugError, text }: AddressErrorFacts): string | null {
  if (taken) return text.onboarding.slugTaken;
  return checked || slugError === text.onboarding.slugReserved ? slugError : null;
}
