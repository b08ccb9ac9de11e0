import { ApiError } from "@headcount/client/api-error";
import type { NoticeWebhook } from "@headcount/contract/notices/schemas";
import { noticeTypes, type NoticeType } from "@headcount/contract/notices/words";
import { useState, type FormEvent } from "react";
import { useDraft } from "../../agents/use-draft.ts";
import { useText } from "../../i18n/use-text.ts";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Field } from "../../ui/field.tsx";
import { Input } from "../../ui/input.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { SaveRow } from "../save-row.tsx";
import { useSetWebhook } from "./use-set-webhook.ts";

type WebhookFormProps = {
  /** Null before there is one. */
  readonly webhook: NoticeWebhook | null;
  /** A secret was made: it is shown now and never again. */
  readonly onSecret: (secret: string) => void;
};

/** The address that notices are sent to, and which of them. */
export function WebhookForm({ webhook, onSecret }: WebhookFormProps) {
  const text = useText();
  const workspace = useWorkspace();
  const stored = { url: webhook?.url ?? "", types: webhook?.types ?? [...noticeTypes] };
  const draft = useDraft<{ url: string; types: readonly NoticeType[] }>(stored, 0);
  const [checked, setChecked] = useState(false);
  const save = useSetWebhook((secret) => {
    draft.reset();
    setChecked(false);
    if (secret !== null) onSecret(secret);
  });
  const { url, types } = draft.fields;
  const isWrong = !/^https?:\/\/\S+\.?\S+$/.test(url.trim());
  const isRefused =
    save.error instanceof ApiError && save.error.reason === "webhook.address_refused";
  const addressError = (): string | null => {
    if (checked && isWrong) return text.webhook.addressInvalid;
    return isRefused ? text.webhook.addressRefused : null;
  };
  const send = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (isWrong || types.length === 0 || save.isPending) return;
    save.mutate({
      workspace: workspace.id,
      url: url.trim(),
      types: [...types],
      enabled: webhook?.enabled ?? true,
    });
  };
  const choose = (type: NoticeType, isChosen: boolean): void =>
    draft.change({
      types: noticeTypes.filter((one) => (one === type ? isChosen : types.includes(one))),
    });
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      <Field label={text.webhook.address} hint={text.webhook.addressHint} error={addressError()}>
        {(control) => (
          <Input
            {...control}
            type="url"
            inputMode="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={2_000}
            placeholder={text.webhook.addressPlaceholder}
            value={url}
            onChange={(event) => {
              save.reset();
              draft.change({ url: event.target.value });
            }}
          />
        )}
      </Field>
      <fieldset className="flex flex-col gap-1.5">
        <legend className="mb-1 text-12 font-medium text-muted">{text.webhook.which}</legend>
        <div className="grid gap-x-4 gap-y-1.5 tablet:grid-cols-2">
          {noticeTypes.map((type) => (
            <Checkbox
              key={type}
              label={text.webhook.types[type]}
              checked={types.includes(type)}
              onChange={(isChosen) => choose(type, isChosen)}
            />
          ))}
        </div>
        {types.length === 0 && (
          <p role="alert" className="text-12 text-failed-ink">
            {text.webhook.noneChosen}
          </p>
        )}
      </fieldset>
      <SaveRow
        dirty={draft.dirty}
        busy={save.isPending}
        saved={save.isSuccess}
        error={isRefused ? null : save.error}
      />
    </form>
  );
}
