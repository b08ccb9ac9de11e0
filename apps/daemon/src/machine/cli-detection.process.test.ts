import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { waitFor } from "@headcount/testkit/wait-for";
import { expect, test } from "vitest";
import { CliDetection } from "./cli-detection.ts";
import { MachineInspections } from "./machine-inspections.ts";

async function install(folder: string, version: string, models: readonly string[]): Promise<void> {
  await mkdir(path.join(folder, "bin"), { recursive: true });
  const file = path.join(folder, "bin", "pi");
  const table = ["provider model", ...models.map((model) => `zai ${model}`)].join("\\n");
  await rm(file, { force: true });
  await writeFile(
    file,
    `#!/bin/sh
echo "$*" >> '${path.join(folder, "asked")}'
if [ "$1" = --version ]; then echo ${version}; else printf '${table}\\n'; fi\n`,
  );
  await chmod(file, 0o755);
}

function detectionIn(folder: string, goneMs?: number): { detection: CliDetection; news: string[] } {
  const news: string[] = [];
  const detection = new CliDetection({
    settings: {},
    environment: { PATH: `${path.join(folder, "bin")}:/usr/bin:/bin`, HOME: folder },
    onChanged: () => news.push("changed"),
    ...(goneMs === undefined ? {} : { goneMs }),
  });
  return { detection, news };
}

const announcedOf = (detection: CliDetection) =>
  detection.registrations().find(({ cli }) => cli === "pi");

test("a new version is announced without a restart", async () => {
  await using directory = await temporaryDirectory({ prefix: "detect" });
  await install(directory.path, "0.80.0", []);
  const { detection, news } = detectionIn(directory.path);
  await detection.detect();
  await detection.detect();
  expect([announcedOf(detection)?.version, news.length]).toEqual(["0.80.0", 1]);
  await install(directory.path, "0.90.0", []);
  await detection.detect();
  expect([announcedOf(detection)?.version, news.length]).toEqual(["0.90.0", 2]);
});

test("a CLI that is away for a moment stays; one that stays away is gone, with its repair", async () => {
  await using directory = await temporaryDirectory({ prefix: "detect" });
  await install(directory.path, "0.80.0", []);
  const program = path.join(directory.path, "bin", "pi");
  const patient = detectionIn(directory.path);
  const hasty = detectionIn(directory.path, 0);
  await Promise.all([patient.detection.detect(), hasty.detection.detect()]);
  await rm(program);
  await Promise.all([patient.detection.detect(), hasty.detection.detect()]);
  expect(announcedOf(patient.detection)?.problem).toBeNull();
  expect(announcedOf(hasty.detection)).toMatchObject({
    problem: "not_found",
    repairHint: "npm install -g @earendil-works/pi-coding-agent",
    version: "0.80.0",
  });
  expect(hasty.detection.findUsable("pi")).toBeUndefined();
  await install(directory.path, "0.81.0", []);
  await hasty.detection.detect();
  expect(announcedOf(hasty.detection)).toMatchObject({ problem: null, version: "0.81.0" });
});

test("a program that a busy machine keeps from answering is soon asked again", async () => {
  await using directory = await temporaryDirectory({ prefix: "detect" });
  const folder = path.join(directory.path, "bin");
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, "pi"),
    `#!/bin/sh
if [ ! -e '${folder}/asked' ]; then touch '${folder}/asked'; exec sleep 600; fi
echo 0.80.0\n`,
    { mode: 0o755 },
  );
  const detection = new CliDetection({
    settings: {},
    environment: { PATH: `${folder}:/usr/bin:/bin`, HOME: directory.path },
    onChanged: () => {},
    probeTimeoutMs: 2_000,
    askAgainMs: 10,
  });
  await detection.detect();
  expect(announcedOf(detection)?.problem).toBe("no_answer");
  const stop = new AbortController();
  const running = detection.run(stop.signal);
  await waitFor(() => announcedOf(detection)?.version === "0.80.0", {
    describe: "the program to be usable",
    timeoutMs: 30_000,
  });
  stop.abort();
  await running;
});

test("INV-62 what is announced of a broken program holds no home folder", async () => {
  await using directory = await temporaryDirectory({ prefix: "detect" });
  await mkdir(path.join(directory.path, "bin"), { recursive: true });
  await writeFile(path.join(directory.path, "bin", "pi"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  const { detection } = detectionIn(directory.path);
  await detection.detect();
  const announced = announcedOf(detection);
  expect(announced).toMatchObject({ problem: "not_runnable" });
  expect(announced?.problemDetail).toContain("~/bin/pi");
  expect(JSON.stringify(announced)).not.toContain(directory.path);
});

test("models are asked for once per version, also over a restart, and anew when somebody wants", async () => {
  await using directory = await temporaryDirectory({ prefix: "detect" });
  const folder = directory.path;
  await install(folder, "0.80.0", ["glm-6"]);
  const { detection } = detectionIn(folder);
  await detection.detect();
  const make = (): MachineInspections =>
    new MachineInspections({
      clis: () => detection.clis.filter(({ spec }) => spec.id === "pi"),
      environment: { PATH: "/usr/bin:/bin", HOME: folder },
      file: path.join(folder, "inspections.json"),
      onChanged: () => {},
      log: () => {},
    });
  const modelsOf = (inspections: MachineInspections) =>
    inspections.describe(detection.registrations()).find(({ cli }) => cli === "pi")?.inspection;
  const settled = async (inspections: MachineInspections, models: readonly string[]) => {
    const end = new AbortController();
    const running = inspections.run(end.signal);
    await waitFor(() => modelsOf(inspections)?.models.join() === models.join(), {
      timeoutMs: 40_000,
      describe: `the models ${models.join()}`,
    });
    end.abort();
    await running;
  };
  const asks = async () =>
    (await readFile(path.join(folder, "asked"), "utf8"))
      .split("\n")
      .filter((line) => line.startsWith("--list-models")).length;
  await settled(make(), ["zai/glm-6"]);
  const second = make();
  await settled(second, ["zai/glm-6"]);
  expect(await asks()).toBe(1);
  await install(folder, "0.81.0", ["glm-7"]);
  await detection.detect();
  await settled(second, ["zai/glm-7"]);
  expect(modelsOf(second)).toMatchObject({ modelsSource: "cli", signIn: "signed_in" });
  await install(folder, "0.81.0", ["glm-8"]);
  await detection.detect();
  const [cli] = detection.clis.filter(({ spec }) => spec.id === "pi");
  if (cli === undefined) throw new Error("Pi is not found");
  expect((await second.inspect(cli)).models).toEqual(["zai/glm-8"]);
  expect(await asks()).toBe(3);
});
