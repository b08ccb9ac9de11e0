import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readDaemonStatus } from "@headcount/daemon/control/control-client";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { Runtime } from "@headcount/contract/runtimes/schemas";
import { account } from "@headcount/contract/users/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { patientMs } from "@headcount/testkit/patience";
import { type StartedProcess, startProcess } from "../support/child-process.ts";
import { endProcess } from "../support/end-process.ts";
import { type Product, startProduct, workspace } from "../support/start-product.ts";

const daemonProgram = fileURLToPath(new URL("../../apps/daemon/src/main.ts", import.meta.url));

describe("one machine under several profiles", () => {
  let product: Product;
  let second: StartedProcess | null = null;
  beforeEach(async () => {
    product = await startProduct();
  });
  afterEach(async () => {
    await endProcess(second);
    await product[Symbol.asyncDispose]();
  });

  const known = async (): Promise<readonly Runtime[]> =>
    (await product.call(runtimes.list, { workspace })).items;

  /** Another profile of the same person on the same computer, under another name of the computer. */
  const startSecond = async (profile: string): Promise<void> => {
    const stateDirectory = path.join(product.directory, profile);
    await mkdir(stateDirectory, { recursive: true });
    const { value } = await product.call(account.createToken, { name: profile });
    const enrolTokenFile = path.join(product.directory, `${profile}-token`);
    await writeFile(enrolTokenFile, value, { mode: 0o600 });
    second = startProcess([process.execPath, daemonProgram], {
      PATH: process.env["PATH"] ?? "",
      HOME: product.directory,
      HEADCOUNT_SERVER_URL: product.url,
      HEADCOUNT_STATE_DIR: stateDirectory,
      HEADCOUNT_WORK_ROOT: path.join(product.directory, `${profile}-work`),
      HEADCOUNT_ENROL_TOKEN_FILE: enrolTokenFile,
      HEADCOUNT_DEVICE_NAME: "renamed",
    });
  };
  const servedAs = (machineName: string): Promise<unknown> =>
    waitFor(
      async () => {
        const rows = await known();
        const isServed = rows.some((row) => row.health === "online");
        return isServed && rows.every((row) => row.machineName === machineName);
      },
      { timeoutMs: 60_000, describe: `the machine as ${machineName}` },
    );
  const idsByCli = (rows: readonly Runtime[]): ReadonlyMap<string, string> =>
    new Map(rows.map((row) => [row.cli, row.id]));

  it(
    "another profile, work root and host name find the runtimes that are there",
    { timeout: patientMs(120_000) },
    async () => {
      await product.runtimeOf("tutorial");
      const before = await known();
      await product.stopDaemon();
      await startSecond("other");
      await servedAs("renamed");
      const after = await known();
      expect(idsByCli(after)).toEqual(idsByCli(before));
      expect(after).toHaveLength(before.length);
    },
  );

  it("a lost state folder makes no second machine", { timeout: patientMs(120_000) }, async () => {
    await product.runtimeOf("tutorial");
    const before = await known();
    await product.stopDaemon("SIGKILL");
    await rm(product.daemonDirectory, { recursive: true });
    await startSecond("again");
    await servedAs("renamed");
    expect(idsByCli(await known())).toEqual(idsByCli(before));
  });

  it(
    "two living profiles do not fight: the one that was set up last serves, the other says why it does not",
    { timeout: patientMs(240_000) },
    async () => {
      await product.runtimeOf("tutorial");
      const before = await known();
      await startSecond("other");
      await servedAs("renamed");
      const refused = await waitFor(
        async () => {
          const status = await readDaemonStatus(product.daemonDirectory);
          return status?.workspaces.find((one) => one.refusal !== null)?.refusal ?? undefined;
        },
        { timeoutMs: 90_000, describe: "the refusal" },
      );
      expect(refused).toContain("Another daemon on renamed serves this workspace");
      expect(idsByCli(await known())).toEqual(idsByCli(before));
    },
  );
});
