import { z } from "zod";
import { route } from "../kit/route.ts";
import { Instant, TokenCount, UsdAmount, workspacePath } from "../kit/values.ts";
import { TaskId } from "../kit/ids.ts";

export const HealthCheck = z.object({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  /** What to do when it is not ok; empty otherwise. */
  fix: z.string(),
});
export type HealthCheck = z.infer<typeof HealthCheck>;

export const server = {
  config: route({
    name: "server.config",
    method: "GET",
    path: "/api/config",
    summary: "What a client may know before sign-in",
    access: "public",
    input: z.object({}),
    output: z.object({
      serverVersion: z.string(),
      contractVersion: z.int(),
      needsOwner: z.boolean(),
      publicUrl: z.string(),
    }),
  }),
  doctor: route({
    name: "server.doctor",
    method: "GET",
    path: "/api/instance/doctor",
    summary: "Checks of the server side, one line each",
    access: "instance_admin",
    input: z.object({}),
    output: z.object({ ok: z.boolean(), checks: z.array(HealthCheck), at: Instant }),
  }),
  /** Queues the tutorial agent on a test issue and hands back its task. */
  doctorRun: route({
    name: "server.doctor-run",
    method: "POST",
    path: "/api/w/:workspace/doctor-run",
    summary: "Start a scripted test task on one's own machine",
    access: "member_human",
    input: z.object(workspacePath),
    output: z.object({ taskId: TaskId, issueKey: z.string() }),
    reasons: ["doctor.no_runtime"],
  }),
};

/** Shape of `headcount doctor --run --output json`. */
export const DoctorReport = z.object({
  ok: z.boolean(),
  checks: z.array(HealthCheck),
  task: z
    .object({
      id: z.string(),
      status: z.string(),
      outcome: z.string().nullable(),
      usage: z.object({
        input: TokenCount,
        cacheRead: TokenCount,
        cacheWrite: TokenCount,
        output: TokenCount,
        costUsd: UsdAmount.nullable(),
      }),
    })
    .nullable(),
});
