/** Another living process owns the directory. `startedAt` is when that process took it, ISO 8601. */
export class DirectoryLockedError extends Error {
  readonly directory: string;
  readonly pid: number | undefined;
  readonly startedAt: string | undefined;
  readonly role: string | undefined;
  readonly nextStep: string;

  constructor(
    directory: string,
    holder: { readonly pid: number; readonly startedAt: string; readonly role: string } | undefined,
  ) {
    const who = holder
      ? `the ${holder.role} with process id ${holder.pid}, running since ${holder.startedAt}`
      : "another process that did not leave its name";
    super(`The directory ${directory} is in use by ${who}.`);
    this.name = "DirectoryLockedError";
    this.directory = directory;
    this.pid = holder?.pid;
    this.startedAt = holder?.startedAt;
    this.role = holder?.role;
    this.nextStep = holder
      ? `Stop process ${holder.pid} first, or choose another directory with --data-dir.`
      : "Stop that process first, or choose another directory with --data-dir.";
  }
}
