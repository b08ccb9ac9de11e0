/** Code that a server which answers does not have, even when asked again. */
export class GoneCode extends Error {
  /** The file that is missing, where the browser names it; else what the browser says. */
  readonly file: string;
  /** Whether the server hands out another app by now: then this one's files never come back. */
  readonly isReplaced: boolean;

  constructor(cause: unknown, isReplaced: boolean) {
    const said = cause instanceof Error ? cause.message : String(cause);
    super(`The server does not have this code: ${said}`, { cause });
    this.file = /\/assets\/[^\s?#"'`]+/.exec(said)?.[0] ?? said;
    this.isReplaced = isReplaced;
  }
}
