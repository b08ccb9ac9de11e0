import type { OptionShape } from "./cli-spec.ts";

export type FilteredArguments = {
  readonly kept: readonly string[];
  /** Names of what was dropped, without values; safe to log. */
  readonly dropped: readonly string[];
};

type FilterOptions = {
  readonly blocked: Readonly<Record<string, OptionShape>>;
  /** `launch-prefix` keeps every positional, `user` also drops blocked sub-commands. */
  readonly kind: "user" | "launch-prefix";
};

/**
 * Drops the options that only the adapter may set, in every form: `--x v`, `--x=v`, `-xv` for
 * short options with a value, and quoted. One layer of shell quotes is taken off each argument.
 */
export function filterArguments(
  given: readonly string[],
  options: FilterOptions,
): FilteredArguments {
  const kept: string[] = [];
  const dropped: string[] = [];
  const tokens = given.map(withoutQuotes);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] ?? "";
    const match = blockedOption(token, options);
    if (match === null) {
      kept.push(token);
      continue;
    }
    dropped.push(match.name);
    if (match.inline || !takesNext(match.shape, tokens[at + 1])) continue;
    at += 1;
  }
  return { kept, dropped };
}

type Match = { readonly name: string; readonly shape: OptionShape; readonly inline: boolean };

function blockedOption(token: string, options: FilterOptions): Match | null {
  const { blocked } = options;
  if (!token.startsWith("-")) {
    const shape = options.kind === "user" ? blocked[token] : undefined;
    return shape === undefined ? null : { name: token, shape, inline: false };
  }
  const equals = token.indexOf("=");
  const name = equals === -1 ? token : token.slice(0, equals);
  const shape = blocked[name];
  if (shape !== undefined) return { name, shape, inline: equals !== -1 };
  const short = /^-[A-Za-z]/.test(token) && !token.startsWith("--") ? token.slice(0, 2) : null;
  const shortShape = short === null ? undefined : blocked[short];
  if (short === null || shortShape === undefined || shortShape === "flag") return null;
  return { name: short, shape: shortShape, inline: true };
}

/** A blocked option at the very end has no value to take along. */
function takesNext(shape: OptionShape, next: string | undefined): boolean {
  if (next === undefined || shape === "flag") return false;
  return shape === "value" || !next.startsWith("-");
}

function withoutQuotes(token: string): string {
  const quoted = /^(["'])([\s\S]*)\1$/.exec(token);
  if (quoted !== null) return quoted[2] ?? "";
  // A quoted value behind its option: --x="a b"
  const assigned = /^(--?[A-Za-z][\w.-]*=)(["'])([\s\S]*)\2$/.exec(token);
  return assigned === null ? token : `${assigned[1]}${assigned[3]}`;
}
