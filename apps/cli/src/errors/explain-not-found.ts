import { noSuch, seeList, type Thing, things } from "../find/things.ts";
import type { NamedWorkspace } from "../settings/named-workspace.ts";
import type { ReplyError } from "./reply-error.ts";

export type Asked = {
  readonly input: Readonly<Record<string, unknown>>;
  readonly serverUrl: string;
  /** The workspace in use; null where the command did not need one. */
  readonly workspace: NamedWorkspace | null;
};

/**
 * Says of an answer "not found" what was looked for and how to see what there is: the server tells
 * no more than the sort of thing. Its own answer stays for `--output json`.
 */
export function explainNotFound(error: ReplyError, asked: Asked): ReplyError {
  const noun = /^(.+)\.not_found$/.exec(error.reason)?.[1];
  if (noun === "workspace") return explainWorkspace(error, asked);
  const thing = Object.values<Thing>(things).find(({ reason }) => reason === noun);
  if (thing === undefined) return error;
  const wanted = nameOf(thing, error.body, asked.input);
  return error.inOtherWords(
    wanted === null ? error.message : noSuch(thing, wanted),
    seeList(thing),
  );
}

/** What the call has named; of several, the one that the server says. Null where that is unknown. */
function nameOf({ inputs = [] }: Thing, body: unknown, input: Asked["input"]): string | null {
  const details = typeof body === "object" && body !== null ? Reflect.get(body, "details") : null;
  const said = typeof details === "object" && details !== null ? Object.entries(details) : [];
  const named = [...said, ...Object.entries(input)].filter(([member]) => inputs.includes(member));
  const [only] = named.flatMap(([, value]) =>
    Array.isArray(value) && value.length > 1 ? [] : [value].flat(),
  );
  return typeof only === "string" ? only : null;
}

function explainWorkspace(error: ReplyError, { input, serverUrl, workspace }: Asked): ReplyError {
  const { workspace: wanted } = input;
  if (typeof wanted !== "string") return error;
  const message = `You belong to no workspace "${wanted}" on ${new URL(serverUrl).origin}.`;
  return error.inOtherWords(message, whoNamesIt(wanted === workspace?.name ? workspace : null));
}

function whoNamesIt(workspace: NamedWorkspace | null): string {
  switch (workspace?.by) {
    case "flag":
      return "--workspace names it. `headcount workspace list` shows yours.";
    case "environment":
      return "HEADCOUNT_WORKSPACE names it. `headcount workspace list` shows yours; name one with --workspace.";
    case "profile":
      return `The profile "${workspace.profile}" names it. Choose one of \`headcount workspace list\` with \`headcount workspace switch SLUG\`, or another profile with --profile.`;
    case "task":
      return "The environment of this task names it.";
    case "membership":
    case undefined:
      return "`headcount workspace list` shows yours.";
  }
}
