import { catalogue, type CommandLoader } from "./catalogue.ts";
import { globalOptions } from "./global-options.ts";
import { flagName } from "./parse-command.ts";

export type FoundCommand = {
  /** The words that name a command or a group; empty for the program itself. */
  readonly name: string;
  /** Null when the words name a group only. */
  readonly load: CommandLoader | null;
  /** Everything else on the command line, in order. */
  readonly rest: readonly string[];
};

/** Finds the longest command that the leading words name; global flags may stand before and between. */
export function findCommand(words: readonly string[]): FoundCommand {
  const commands = new Map(catalogue.flatMap((group) => Object.entries(group.commands)));
  const rest: string[] = [];
  let name = "";
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? "";
    if (word.startsWith("-")) {
      rest.push(word);
      if (takesValue(word) && at + 1 < words.length) rest.push(words[(at += 1)] ?? "");
      continue;
    }
    const longer = name === "" ? word : `${name} ${word}`;
    const isKnown = [...commands.keys()].some(
      (key) => key === longer || key.startsWith(`${longer} `),
    );
    if (!isKnown) break;
    name = longer;
  }
  return { name, load: commands.get(name) ?? null, rest: [...rest, ...words.slice(at)] };
}

const valueFlags = new Set(
  Object.entries(globalOptions)
    .filter(([, spec]) => "value" in spec)
    .map(([key, spec]) => flagName(key, spec)),
);

function takesValue(word: string): boolean {
  return valueFlags.has(word);
}
