import { account } from "@headcount/contract/users/routes";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useId, useState, type FormEvent } from "react";
import { describeError } from "../data/describe-error.ts";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { SecretLine } from "../members/secret-line.tsx";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Time } from "../ui/time.tsx";
import { showToast } from "../ui/toast.tsx";

/** Personal tokens: their beginnings, their use and their end. */
export function TokenList() {
  const text = useText();
  const [creating, setCreating] = useState(false);
  const tokens = useQuery({ ...query(account.listTokens, {}), staleTime: 0 });
  const revoke = useCommand(account.revokeToken, {
    onSuccess: () => void tokens.refetch(),
    onError: (error) => showToast({ tone: "failed", message: describeError(error, text) }),
  });
  if (tokens.isPending) return <Skeleton className="w-60" />;
  if (tokens.isLoadingError) {
    return <QueryError error={tokens.error} onRetry={() => void tokens.refetch()} />;
  }
  return (
    <div className="flex flex-col items-start gap-3">
      {tokens.data.items.length === 0 && (
        <p className="text-13 text-faint">{text.settings.tokensEmpty}</p>
      )}
      {tokens.data.items.length > 0 && (
        <ul className="w-full overflow-hidden rounded-card border border-line">
          {tokens.data.items.map((token) => (
            <li
              key={token.id}
              className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0"
            >
              <span className="min-w-0 grow">
                <span className="flex items-baseline gap-2">
                  <span className="truncate font-medium">{token.name}</span>
                  <code className="font-mono text-12 text-faint">{token.prefix}…</code>
                </span>
                <span className="block text-12 text-faint">
                  {token.lastUsedAt === null ? (
                    text.settings.tokenUnused
                  ) : (
                    <>
                      {text.settings.lastUsed} <Time at={token.lastUsedAt} />
                    </>
                  )}
                  {" · "}
                  {token.expiresAt === null ? (
                    text.settings.tokenForever
                  ) : (
                    <>
                      {text.settings.tokenExpires} <Time at={token.expiresAt} style="date" />
                    </>
                  )}
                </span>
              </span>
              <Button
                size="small"
                aria-label={text.settings.revokeLabel({ name: token.name })}
                onClick={() => revoke.mutate({ tokenId: token.id })}
              >
                {text.settings.revoke}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Button icon={<Plus size={14} />} onClick={() => setCreating(true)}>
        {text.settings.newToken}
      </Button>
      {creating && (
        <NewTokenDialog
          onClose={() => setCreating(false)}
          onCreated={() => void tokens.refetch()}
        />
      )}
    </div>
  );
}

const lives = ["30", "90", "365", "never"] as const;
const days = { "30": 30, "90": 90, "365": 365, never: null } as const;

type NewTokenDialogProps = { readonly onClose: () => void; readonly onCreated: () => void };

function NewTokenDialog({ onClose, onCreated }: NewTokenDialogProps) {
  const text = useText();
  const formId = useId();
  const [name, setName] = useState("");
  const [life, setLife] = useState<(typeof lives)[number]>("90");
  const [checked, setChecked] = useState(false);
  const create = useCommand(account.createToken, { onSuccess: onCreated });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === "" || create.isPending) return;
    create.mutate({ name, expiresInDays: days[life] });
  };
  if (create.data !== undefined) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={text.settings.tokenReadyTitle}
        description={text.settings.tokenReadyHint}
        footer={
          <Button variant="primary" onClick={onClose}>
            {text.common.done}
          </Button>
        }
      >
        <SecretLine value={create.data.value} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.settings.newToken}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button type="submit" form={formId} variant="primary" busy={create.isPending}>
            {text.settings.tokenCreate}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate className="flex flex-col gap-4" onSubmit={send}>
        <Field
          label={text.settings.tokenName}
          error={checked && name.trim() === "" ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is this form
              autoFocus
              maxLength={100}
              placeholder={text.settings.tokenNamePlaceholder}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.settings.tokenLife}>
          {({ id }) => (
            <Select
              id={id}
              label={text.settings.tokenLife}
              value={life}
              onChange={setLife}
              options={lives.map((value) => ({
                value,
                label:
                  days[value] === null
                    ? text.settings.tokenNever
                    : text.settings.tokenDays({ count: days[value] }),
              }))}
            />
          )}
        </Field>
        <FailureNote error={create.error} />
      </form>
    </Dialog>
  );
}
