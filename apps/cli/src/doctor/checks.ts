import type { HealthCheck } from "@headcount/contract/server/routes";
import type { z } from "zod";

export type Check = z.infer<typeof HealthCheck>;

/** Lines of a report in the order in which they were found. */
export class Checks {
  readonly items: Check[] = [];

  pass(name: string, detail: string): void {
    this.items.push({ name, ok: true, detail, fix: "" });
  }

  fail(name: string, detail: string, fix: string): void {
    this.items.push({ name, ok: false, detail, fix });
  }

  get ok(): boolean {
    return this.items.every((check) => check.ok);
  }
}
