import { setGlobalProxyFromEnv } from "node:http";

const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

/**
 * Sends this process's HTTP calls through the proxy of the environment, unless the server is on
 * this machine, which a proxy elsewhere could not reach. The wake socket stays direct; where that
 * is not allowed, polling does its work.
 */
export function useProxyFor(
  serverUrl: string,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const { hostname } = new URL(serverUrl);
  const isHere = hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
  if (isHere || !proxyVariables.some((name) => environment[name])) return;
  setGlobalProxyFromEnv(environment);
}
