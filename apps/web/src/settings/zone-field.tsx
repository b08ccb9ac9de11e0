import { ChevronDown } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Field } from "../ui/field.tsx";

type ZoneFieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** Null where the browser decides. */
  readonly value: string | null;
  /** Whether leaving it to the browser is a choice. */
  readonly canFollowBrowser: boolean;
  readonly onChange: (zone: string | null) => void;
};

const browserValue = "browser";

/** An IANA time zone, found by typing. */
export function ZoneField({ label, hint, value, canFollowBrowser, onChange }: ZoneFieldProps) {
  const text = useText();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const ofBrowser = { value: browserValue, label: text.settings.timeZoneBrowser({ zone }) };
  const zones = Intl.supportedValuesOf("timeZone").map((name) => ({ value: name, label: name }));
  return (
    <Field label={label} hint={hint}>
      {({ id }) => (
        <Combobox
          label={text.settings.timeZoneFind}
          value={value ?? browserValue}
          options={canFollowBrowser ? [ofBrowser, ...zones] : zones}
          onChange={(chosen) => onChange(chosen === browserValue ? null : chosen)}
          trigger={
            <Button id={id} className="px-2! font-normal! [&_.truncate]:grow">
              <span className="flex w-full items-center gap-2">
                {value ?? ofBrowser.label}
                <ChevronDown size={14} className="ms-auto text-faint" />
              </span>
            </Button>
          }
        />
      )}
    </Field>
  );
}
