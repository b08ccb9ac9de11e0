import type { User } from "@headcount/contract/users/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { QueryError } from "../data/query-error.tsx";
import { bootstrapQuery } from "../data/load-bootstrap.ts";
import { queryClient } from "../data/query-client.ts";
import { useText } from "../i18n/use-text.ts";
import { chooseTheme, themes, themeStore } from "../shell/theme-store.ts";
import { Field } from "../ui/field.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { ProfileForm } from "./profile-form.tsx";
import { SessionList } from "./session-list.tsx";
import { SettingsBody, SettingsSection } from "./settings-section.tsx";
import { TokenList } from "./token-list.tsx";

/** One's profile, appearance, sessions and tokens. */
export function AccountPage() {
  const text = useText();
  const bootstrap = useQuery(bootstrapQuery);
  const user = bootstrap.data?.user;
  return (
    <>
      <PageHeader title={text.settings.accountTitle} />
      {bootstrap.isLoadingError && (
        <QueryError error={bootstrap.error} onRetry={() => void bootstrap.refetch()} />
      )}
      {user !== undefined && (
        <SettingsBody>
          <SettingsSection id="profile">
            <ProfileForm user={user} onSaved={rememberUser} />
          </SettingsSection>
          <SettingsSection id="appearance">
            <Appearance />
          </SettingsSection>
          <SettingsSection id="sessions">
            <SessionList />
          </SettingsSection>
          <SettingsSection id="tokens">
            <TokenList />
          </SettingsSection>
          <p className="py-6 text-13">
            <Link
              to="/onboarding"
              search={{ step: "machine" }}
              className="text-muted underline underline-offset-2 hover:text-ink"
            >
              {text.settings.firstSteps}
            </Link>
          </p>
        </SettingsBody>
      )}
    </>
  );
}

/** The bootstrap answer carries the person everywhere; it follows a saved profile at once. */
function rememberUser(user: User): void {
  queryClient.setQueryData(bootstrapQuery.queryKey, (before) =>
    before === undefined ? undefined : { ...before, user },
  );
}

function Appearance() {
  const text = useText();
  const theme = themeStore((state) => state.theme);
  const names = {
    system: text.shell.themeSystem,
    light: text.shell.themeLight,
    dark: text.shell.themeDark,
  } as const;
  return (
    <Field label={text.shell.theme}>
      {() => (
        <div>
          <Segmented
            label={text.shell.theme}
            value={theme}
            onChange={chooseTheme}
            options={themes.map((value) => ({ value, label: names[value] }))}
          />
        </div>
      )}
    </Field>
  );
}
