import type { ApiError } from "@headcount/client/api-error";

/** No answer, or a proxy's in place of the server's: whether the command was carried out is unknown. */
export function isSilence({ status }: ApiError): boolean {
  return status === 0 || status === 502 || status === 504;
}
