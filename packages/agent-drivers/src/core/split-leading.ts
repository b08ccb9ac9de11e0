import type { OptionShape } from "./cli-spec.ts";

export type SplitArguments = {
  readonly leading: readonly string[];
  readonly rest: readonly string[];
};

/** Takes the options out that have to stand in front of a CLI's sub-command, with their values. */
export function splitLeading(
  given: readonly string[],
  leadingOptions: Readonly<Record<string, OptionShape>>,
): SplitArguments {
  const leading: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < given.length; at += 1) {
    const token = given[at] ?? "";
    const equals = token.indexOf("=");
    const shape = leadingOptions[equals === -1 ? token : token.slice(0, equals)];
    const value = equals === -1 && shape === "value" ? given[at + 1] : undefined;
    (shape === undefined ? rest : leading).push(token);
    if (value === undefined) continue;
    leading.push(value);
    at += 1;
  }
  return { leading, rest };
}
