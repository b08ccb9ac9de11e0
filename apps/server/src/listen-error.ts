/** The port is taken, or the address is not this machine's. */
export class ListenError extends Error {
  override name = "ListenError";
  readonly nextStep: string;

  constructor(message: string, nextStep: string) {
    super(message);
    this.nextStep = nextStep;
  }
}

/** Says what is wrong with an address, and what to do, where that is known. */
export function describeListenError(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): Error {
  if (error.code === "EADDRINUSE") {
    const step = "Choose another port with --port, or stop the program that uses this one.";
    return new ListenError(`Port ${port} is in use.`, step);
  }
  if (error.code === "EACCES") {
    const step = "Choose a port above 1023 with --port.";
    return new ListenError(`No permission to listen on ${host}:${port}.`, step);
  }
  if (error.code === "EADDRNOTAVAIL") {
    return new ListenError(`${host} is not an address of this machine.`, "Check --host.");
  }
  return error;
}
