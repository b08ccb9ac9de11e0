import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, zstdDecompress } from "node:zlib";

const DECODERS: Readonly<Record<string, (data: Buffer) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, Buffer>(gunzip),
  br: promisify<Buffer, Buffer>(brotliDecompress),
  deflate: promisify<Buffer, Buffer>(inflate),
  // Codex compresses with zstd when it talks to a provider it knows.
  zstd: promisify<Buffer, Buffer>(zstdDecompress),
};

/**
 * Reads a request body to its end and undoes its compression.
 *
 * @throws Error when the client breaks off or the body is not what its header says.
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const data = Buffer.concat(chunks);
  const decode = DECODERS[request.headers["content-encoding"] ?? ""];
  return (decode === undefined ? data : await decode(data)).toString();
}
