import type { IncomingMessage } from "node:http";
import {
  asFetchError,
  askPublic,
  checkedUrl,
  FetchError,
  type PublicRequest,
} from "./public-request.ts";

export type FetchLimits = Omit<PublicRequest, "method" | "body"> & {
  /** The signal is for the whole of it, redirects included. */
  readonly mostBytes: number;
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
    const response = await askPublic(url, { ...limits, method: "GET" });
    const location = redirectOf(response);
    if (location === null) return readBody(response, url, limits.mostBytes);
    response.destroy();
    const next = URL.parse(location, url);
    if (next === null) throw new FetchError("bad_address", `${url.host} redirects to no address.`);
    url = checkedUrl(next.href, limits.openHosts);
  }
  throw new FetchError("unreachable", `${url.host} redirects too often.`);
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
