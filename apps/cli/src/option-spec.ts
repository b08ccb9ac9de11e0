/** One flag. The key in a command's `options` is its name in camel case. */
export type OptionSpec = {
  readonly summary: string;
  /** Name of the value in the help; a flag without one is a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly multiple?: true;
  /** The value is a whole number above zero, or zero as well. */
  readonly count?: true | "from-zero";
  /** The flag is spelt `--no-…` and the key is true without it. */
  readonly negated?: true;
  readonly short?: string;
};
export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export type ArgumentSpec = {
  readonly summary: string;
  readonly optional?: true;
  /** Takes all words that are left, none of them necessary; only the last argument can. */
  readonly several?: true;
  readonly choices?: readonly string[];
};
export type ArgumentSpecs = Readonly<Record<string, ArgumentSpec>>;
