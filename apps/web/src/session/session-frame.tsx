import { Languages, Monitor, Moon, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { chooseLanguage, languageStore } from "../i18n/language-store.ts";
import { languageNames, languages } from "../i18n/language.ts";
import { useText } from "../i18n/use-text.ts";
import { chooseTheme, themes, themeStore, type Theme } from "../shell/theme-store.ts";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuChoice } from "../ui/menu.tsx";
import { TallyMark } from "../ui/tally-mark.tsx";
import { Toasts } from "../ui/toast.tsx";

type SessionFrameProps = { readonly children: ReactNode };

/** The one quiet card of every page that comes before a workspace, with language and theme below. */
export function SessionFrame({ children }: SessionFrameProps) {
  return (
    <div className="flex min-h-full flex-col overflow-y-auto px-4 pb-4 pt-[max(24px,14vh)] max-tablet:pt-8">
      <main className="mx-auto flex w-full max-w-100 flex-col gap-4">
        <p className="flex items-center gap-2 px-1">
          <TallyMark size={22} />
          <span className="text-14 font-semibold">Headcount</span>
        </p>
        <div className="rounded-dialog border border-line bg-raised p-6 max-tablet:p-5">
          {children}
        </div>
        <Preferences />
      </main>
      <Toasts />
    </div>
  );
}

const themeIcons: Readonly<Record<Theme, ReactNode>> = {
  system: <Monitor size={14} />,
  light: <Sun size={14} />,
  dark: <Moon size={14} />,
};

/** Language and theme, for people who are not signed in. */
export function Preferences() {
  const text = useText();
  const theme = themeStore((state) => state.theme);
  const language = languageStore((state) => state.language);
  const themeNames: Readonly<Record<Theme, string>> = {
    system: text.shell.themeSystem,
    light: text.shell.themeLight,
    dark: text.shell.themeDark,
  };
  return (
    <div className="flex items-center gap-1">
      <Menu
        trigger={
          <Button variant="quiet" size="small" icon={<Languages size={14} />}>
            {languageNames[language]}
          </Button>
        }
      >
        <MenuChoice
          label={text.shell.language}
          value={language}
          onChange={(chosen) => void chooseLanguage(chosen)}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </Menu>
      <Menu
        trigger={
          <IconButton label={text.shell.theme} size="small">
            {themeIcons[theme]}
          </IconButton>
        }
      >
        <MenuChoice
          label={text.shell.theme}
          value={theme}
          onChange={chooseTheme}
          options={themes.map((value) => ({
            value,
            label: themeNames[value],
            icon: themeIcons[value],
          }))}
        />
      </Menu>
    </div>
  );
}

type SessionHeadingProps = { readonly title: string; readonly hint?: string };

/** Title and one explaining sentence at the top of the card. */
export function SessionHeading({ title, hint }: SessionHeadingProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <h1 className="text-20 font-semibold tracking-tight">{title}</h1>
      {hint !== undefined && <p className="text-13 text-muted">{hint}</p>}
    </div>
  );
}
