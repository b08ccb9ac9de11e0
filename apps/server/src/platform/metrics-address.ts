/** Where metrics are served. */
export type MetricsAddress = { readonly host: string; readonly port: number };

const loopback = "127.0.0.1";

/**
 * Reads `9464`, `:9464`, `0.0.0.0:9464` or `[::1]:9464`. A port alone listens on loopback only.
 * @returns null when it is none of these
 */
export function parseMetricsAddress(text: string): MetricsAddress | null {
  const match = /^(?:(?<host>[^\s:[\]]+|\[[0-9a-fA-F:.]+\]):|:)?(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.["port"] ?? Number.NaN);
  if (!(port <= 65_535)) return null;
  const host = match?.groups?.["host"]?.replaceAll(/[[\]]/g, "") ?? loopback;
  return { host, port };
}

/** Whether nobody but this machine can reach it. */
export function isLoopback({ host }: MetricsAddress): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
