import type { DoctorReport } from "@headcount/contract/server/routes";
import type { z } from "zod";

export type Report = z.infer<typeof DoctorReport>;
export type DoctorFlags = { readonly run: boolean; readonly dataDir: string | undefined };
