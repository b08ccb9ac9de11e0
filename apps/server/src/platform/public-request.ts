import { lookup as resolve, type LookupAddress } from "node:dns";
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Why an address could not be asked; `message` is a sentence for the person who named it. */
export class FetchError extends Error {
  override name = "FetchError";
  readonly kind: "bad_address" | "unreachable";
  /** Status of an answer that was no success. */
  readonly status: number | null;

  constructor(kind: FetchError["kind"], message: string, status: number | null = null) {
    super(message);
    this.kind = kind;
    this.status = status;
  }
}

export type PublicRequest = {
  readonly method: "GET" | "POST";
  readonly body?: string;
  readonly signal: AbortSignal;
  /** `host` or `host:port` that may be asked although its address is not public, plainly too. */
  readonly openHosts: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

/**
 * An address that a person named, if this server may ask it: a web address, encrypted, without
 * credentials, and not one that only this server can reach.
 * @throws FetchError
 */
export function checkedUrl(address: string, openHosts: readonly string[]): URL {
  const url = URL.parse(address);
  if (url === null) throw new FetchError("bad_address", "This is not a web address.");
  if (url.username !== "" || url.password !== "") {
    throw new FetchError("bad_address", "An address with a name or password in it is not taken.");
  }
  if (isOpen(url, openHosts) && url.protocol === "http:") return url;
  if (url.protocol !== "https:") {
    throw new FetchError("bad_address", "Only https addresses are taken.");
  }
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isOpen(url, openHosts) && !isPublicAddress(host)) throw notPublic(url);
  return url;
}

function isOpen(url: URL, openHosts: readonly string[]): boolean {
  return openHosts.includes(url.host) || openHosts.includes(url.hostname);
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, "$1");
}

function notPublic(url: URL): FetchError {
  return new FetchError(
    "bad_address",
    `${url.host} is not on the public internet, so this server does not ask it.`,
  );
}

/** The name is resolved and checked for this one connection, which then uses what was checked. */
function pinnedLookup(url: URL, isOpenHost: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      const [first] = addresses ?? [];
      if (error || !first) return callback(error ?? new Error("no address"), "", 4);
      if (!isOpenHost && !addresses.every(({ address }) => isPublicAddress(address))) {
        return callback(notPublic(url), "", 4);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/**
 * Asks an address that {@link checkedUrl} let through. The connection goes to exactly the addresses
 * that were checked for it, and what comes back is not unpacked.
 * @throws FetchError
 */
export function askPublic(
  url: URL,
  { method, body, signal, openHosts, headers }: PublicRequest,
): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? requestSecure : requestPlain;
  const options = {
    method,
    // A connection of its own: one that is kept could lead to an address that nobody checked.
    agent: false,
    lookup: pinnedLookup(url, isOpen(url, openHosts)),
    signal,
    headers: {
      "user-agent": "headcount",
      accept: "*/*",
      "accept-encoding": "identity",
      ...headers,
    },
  } as const;
  return new Promise((resolveResponse, reject) => {
    const request = send(url, options, resolveResponse);
    request.on("error", (error) => reject(asFetchError(error, url)));
    request.end(body);
  });
}

export function asFetchError(error: Error, url: URL): FetchError {
  if (error instanceof FetchError) return error;
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return new FetchError("unreachable", `${url.host} took too long to answer.`);
  }
  return new FetchError("unreachable", `${url.host} could not be reached.`);
}
