/** Whether an installed program has an account to work with, as far as it tells without a model call. */
export type SignIn = "signed_in" | "signed_out" | "unknown";

/**
 * Where a list of models comes from: the installed program itself (`cli`), our own list of models
 * that the program is known to take (`catalogue`), or nowhere.
 */
export type ModelsSource = "cli" | "catalogue" | "none";

/** What an installed program says about itself without doing any work. */
export type CliInspection = {
  /** Names as the program takes them, the ones it puts first at the front. */
  readonly models: readonly string[];
  readonly modelsSource: ModelsSource;
  readonly signIn: SignIn;
  /** Why the program's own list is missing, as one sentence; null when it is there or not expected. */
  readonly problem: string | null;
};

/** What one way of asking has found out; whatever it does not know is left to the caller. */
export type Answer = {
  readonly models: readonly string[];
  readonly signIn: SignIn;
  readonly problem?: string;
};
