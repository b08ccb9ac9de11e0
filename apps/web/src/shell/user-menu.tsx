import { Keyboard, Languages, LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import type { ReactNode } from "react";
import { chooseLanguage, languageStore } from "../i18n/language-store.ts";
import { languageNames, languages } from "../i18n/language.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator, SubMenu } from "../ui/menu.tsx";
import { chooseTheme, themes, themeStore, type Theme } from "./theme-store.ts";

type UserMenuProps = {
  readonly user: { readonly id: string; readonly name: string; readonly email?: string | null };
  readonly onOpenAccount?: () => void;
  readonly onOpenShortcuts: () => void;
  readonly onSignOut?: () => void;
};

/** Theme, language, account and sign-out. */
export function UserMenu({ user, onOpenAccount, onOpenShortcuts, onSignOut }: UserMenuProps) {
  const text = useText();
  const theme = themeStore((state) => state.theme);
  const language = languageStore((state) => state.language);
  const themeOptions: Readonly<
    Record<Theme, { readonly label: string; readonly icon: ReactNode }>
  > = {
    system: { label: text.shell.themeSystem, icon: <Monitor /> },
    light: { label: text.shell.themeLight, icon: <Sun /> },
    dark: { label: text.shell.themeDark, icon: <Moon /> },
  };
  const trigger = (
    <button
      type="button"
      aria-label={text.shell.userMenu}
      className="inset-focus grid size-(--control) shrink-0 place-items-center rounded-control hover:bg-hover data-[state=open]:bg-hover"
    >
      <Avatar actor={{ type: "member", id: user.id, name: user.name }} size={20} decorative />
    </button>
  );
  return (
    <Menu trigger={trigger} side="top" align="end" className="w-56">
      <MenuLabel>
        <span className="block truncate text-13 text-ink">{user.name}</span>
        {user.email && <span className="block truncate font-normal">{user.email}</span>}
      </MenuLabel>
      <MenuSeparator />
      {onOpenAccount !== undefined && (
        <MenuItem icon={<Settings />} onSelect={onOpenAccount}>
          {text.shell.account}
        </MenuItem>
      )}
      <SubMenu label={text.shell.theme} icon={themeOptions[theme].icon}>
        <MenuChoice
          label={text.shell.theme}
          value={theme}
          onChange={chooseTheme}
          options={themes.map((value) => ({ value, ...themeOptions[value] }))}
        />
      </SubMenu>
      <SubMenu label={text.shell.language} icon={<Languages />}>
        <MenuChoice
          label={text.shell.language}
          value={language}
          onChange={(chosen) => void chooseLanguage(chosen)}
          options={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      </SubMenu>
      <MenuItem icon={<Keyboard />} shortcut={["?"]} onSelect={onOpenShortcuts}>
        {text.shell.shortcuts}
      </MenuItem>
      {onSignOut !== undefined && (
        <>
          <MenuSeparator />
          <MenuItem icon={<LogOut />} onSelect={onSignOut}>
            {text.shell.signOut}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
