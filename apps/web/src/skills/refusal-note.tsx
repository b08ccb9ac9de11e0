import { useText } from "../i18n/use-text.ts";
import { RefusalNote as Note } from "../session/refusal-note.tsx";

/** Why a skill was refused. */
export function RefusalNote({ error }: { readonly error: unknown }) {
  const text = useText();
  return <Note error={error} known={text.skills.refused} />;
}
