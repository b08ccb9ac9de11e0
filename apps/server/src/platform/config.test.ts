import { describe, expect, it } from "vitest";
import { readServerConfig } from "./config.ts";

describe("readServerConfig", () => {
  const read = (environment: Record<string, string>) => readServerConfig({}, environment);

  it.each([
    ["", 10_800_000, 0],
    ["30m", 1_800_000, 0],
    ["150s", 150_000, 0],
    ["2h", 7_200_000, 0],
    ["10s", 150_000, 1],
    ["soon", 10_800_000, 1],
    ["off", 10_800_000, 1],
    ["3", 10_800_000, 1],
  ])("a reconnect grace of %j is %d ms with %d warnings", (text, expected, warnings) => {
    const config = read({ HEADCOUNT_RECONNECT_GRACE: text });
    expect(config.reconnectGraceMs).toBe(expected);
    expect(config.warnings).toHaveLength(warnings);
    for (const warning of config.warnings) expect(warning).toContain("HEADCOUNT_RECONNECT_GRACE");
  });

  it("a malformed number is named and stands at its default", () => {
    const config = read({ HEADCOUNT_DATABASE_MAX_CONNS: "many" });
    expect(config.databaseMaxConnections).toBe(16);
    expect(config.warnings).toEqual([expect.stringContaining('"many"')]);
  });

  it.each([
    ["9464", "127.0.0.1", 9464, 0],
    [":9464", "127.0.0.1", 9464, 0],
    ["localhost:1", "localhost", 1, 0],
    ["[::1]:9464", "::1", 9464, 0],
    ["0.0.0.0:9464", "0.0.0.0", 9464, 1],
  ])("metrics on %j listen on %s port %d with %d warnings", (text, host, port, warnings) => {
    const open = read({ HEADCOUNT_METRICS_ADDR: text });
    expect(open.metrics).toEqual({ address: { host, port }, token: null });
    expect(open.warnings).toHaveLength(warnings);
    const guarded = read({ HEADCOUNT_METRICS_ADDR: text, HEADCOUNT_METRICS_TOKEN: "secret" });
    expect(guarded.metrics?.token).toBe("secret");
    expect(guarded.warnings).toEqual([]);
  });

  it.each([{}, { HEADCOUNT_METRICS_ADDR: "off" }])("metrics are off with %j", (environment) => {
    expect(read(environment).metrics).toBeNull();
  });

  it.each([
    { HEADCOUNT_METRICS_ADDR: "everywhere" },
    { HEADCOUNT_METRICS_ADDR: "127.0.0.1" },
    { HEADCOUNT_METRICS_ADDR: "127.0.0.1:99999" },
    { HEADCOUNT_SIGNUP: "maybe" },
    { HEADCOUNT_PORT: "70000" },
    { HEADCOUNT_ROLES: "everything" },
    { HEADCOUNT_PUBLIC_URL: "headcount" },
    { HEADCOUNT_LOCAL_DAEMON: "perhaps" },
  ])("%j stops the start", (environment) => {
    expect(() => read(environment)).toThrow(`"${Object.values(environment)[0]}"`);
  });
});
