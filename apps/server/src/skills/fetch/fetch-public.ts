import { lookup as resolve, type LookupAddress } from "node:dns";
import { request as requestPlain, type IncomingMessage } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Why something could not be fetched; `message` is a sentence for the person who asked. */
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

export type FetchLimits = {
  readonly mostBytes: number;
  /** For the whole of it, redirects included. */
  readonly signal: AbortSignal;
  /** `host` or `host:port` that may be asked although its address is not public, plainly too. */
  readonly openHosts: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
};

const mostRedirects = 5;

/**
 * Reads an address that a person named, without letting it reach anything that only this server
 * can reach: every address that a name resolves to has to be public, the connection goes to exactly
 * the addresses that were checked, and each redirect is checked in the same way. Answers are
 * counted while they arrive and never unpacked.
 *
 * @throws FetchError
 */
export async function fetchPublic(address: string, limits: FetchLimits): Promise<Buffer> {
  let url = checkedUrl(address, limits.openHosts);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await ask(url, limits);
    const location = redirectOf(response);
    if (location === null) return readBody(response, url, limits.mostBytes);
    response.destroy();
    const next = URL.parse(location, url);
    if (next === null) throw new FetchError("bad_address", `${url.host} redirects to no address.`);
    url = checkedUrl(next.href, limits.openHosts);
  }
  throw new FetchError("unreachable", `${url.host} redirects too often.`);
}

/** @throws FetchError */
function checkedUrl(address: string, openHosts: readonly string[]): URL {
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
    `${url.host} is not on the public internet, so this server does not read from it.`,
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

function ask(url: URL, { signal, openHosts, headers }: FetchLimits): Promise<IncomingMessage> {
  const send = url.protocol === "https:" ? requestSecure : requestPlain;
  const options = {
    method: "GET",
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
    request.end();
  });
}

function asFetchError(error: Error, url: URL): FetchError {
  if (error instanceof FetchError) return error;
  if (error.name === "AbortError" || error.name === "TimeoutError") {
    return new FetchError("unreachable", `${url.host} took too long to answer.`);
  }
  return new FetchError("unreachable", `${url.host} could not be reached.`);
}

function redirectOf({ statusCode, headers }: IncomingMessage): string | null {
  const isRedirect = statusCode !== undefined && [301, 302, 303, 307, 308].includes(statusCode);
  return isRedirect ? (headers.location ?? "") : null;
}

async function readBody(response: IncomingMessage, url: URL, mostBytes: number): Promise<Buffer> {
  const { statusCode = 0 } = response;
  if (statusCode !== 200) {
    response.destroy();
    throw new FetchError(
      "unreachable",
      `${url.host} answered with status ${statusCode}.`,
      statusCode,
    );
  }
  const tooLarge = new FetchError("bad_address", `What ${url.host} sends is too large.`);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    if (Number(response.headers["content-length"] ?? 0) > mostBytes) throw tooLarge;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    response.destroy();
    throw error instanceof Error ? asFetchError(error, url) : error;
  }
  return Buffer.concat(chunks);
}
