import { pause } from "../pause.ts";
import { diskProblem } from "./disk-space.ts";

const repeatMs = 15_000;

/** Keeps an eye on the disks that runs and records are written to. */
export class DiskWatch {
  readonly #directories: readonly string[];
  readonly #minimumFreeBytes: number;
  #problem: string | null = null;

  constructor(directories: readonly string[], minimumFreeBytes: number) {
    this.#directories = directories;
    this.#minimumFreeBytes = minimumFreeBytes;
  }

  /** Why no work is taken: `disk_full`, `disk_error`, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** A write was refused: nothing is claimed until the next look says otherwise. */
  onWriteFailed(error: unknown): void {
    const isFull = error instanceof Error && "code" in error && error.code === "ENOSPC";
    this.#problem = isFull ? "disk_full" : "disk_error";
  }

  async look(): Promise<void> {
    this.#problem = await diskProblem(this.#directories, this.#minimumFreeBytes);
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await pause(repeatMs, signal);
    }
  }
}
