import { account } from "@headcount/contract/users/routes";
import type { User } from "@headcount/contract/users/schemas";
import { useState, type FormEvent } from "react";
import { useDraft } from "../agents/use-draft.ts";
import { useCommand } from "../data/use-command.ts";
import { chooseLanguage } from "../i18n/language-store.ts";
import { languageNames, languages, pickLanguage } from "../i18n/language.ts";
import { useText } from "../i18n/use-text.ts";
import { Field } from "../ui/field.tsx";
import { Input } from "../ui/input.tsx";
import { Select } from "../ui/select.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { SaveRow } from "./save-row.tsx";
import { ZoneField } from "./zone-field.tsx";

const browserValue = "browser";

type ProfileFormProps = { readonly user: User; readonly onSaved: (user: User) => void };

/** Name, text for agents, language and time zone. */
export function ProfileForm({ user, onSaved }: ProfileFormProps) {
  const text = useText();
  const { name, profileText, language, timeZone } = user;
  const draft = useDraft({ name, profileText, language, timeZone }, 0);
  const [checked, setChecked] = useState(false);
  const update = useCommand(account.update, {
    onSuccess: (saved) => {
      draft.reset();
      onSaved(saved);
      void chooseLanguage(saved.language ?? pickLanguage(navigator.languages));
    },
  });
  const { fields } = draft;
  const nameMissing = fields.name.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!nameMissing && !update.isPending) update.mutate(fields);
  };
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={send}>
      <div className="grid gap-4 tablet:grid-cols-2">
        <Field
          label={text.settings.name}
          error={checked && nameMissing ? text.session.nameMissing : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              autoComplete="name"
              value={fields.name}
              onChange={(event) => draft.change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.settings.email} hint={text.settings.emailFixed}>
          {(control) => <Input {...control} value={user.email} disabled />}
        </Field>
        <Field label={text.settings.language}>
          {({ id }) => (
            <Select
              id={id}
              label={text.settings.language}
              value={fields.language ?? browserValue}
              options={[
                { value: browserValue, label: text.settings.languageBrowser },
                ...languages.map((value) => ({ value, label: languageNames[value] })),
              ]}
              onChange={(value) =>
                draft.change({ language: languages.find((one) => one === value) ?? null })
              }
            />
          )}
        </Field>
        <ZoneField
          label={text.settings.timeZone}
          hint={text.settings.timeZoneHint}
          value={fields.timeZone}
          canFollowBrowser
          onChange={(zone) => draft.change({ timeZone: zone })}
        />
      </div>
      <Field label={text.settings.aboutYou} hint={text.settings.aboutYouHint}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={2_000}
            value={fields.profileText}
            onChange={(event) => draft.change({ profileText: event.target.value })}
          />
        )}
      </Field>
      <SaveRow
        dirty={draft.dirty}
        busy={update.isPending}
        saved={update.isSuccess}
        error={update.error}
      />
    </form>
  );
}
