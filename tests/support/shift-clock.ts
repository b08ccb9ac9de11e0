import { readFileSync } from "node:fs";

/**
 * Loaded before a program with `--import`: its clock is off by the milliseconds that the file in
 * `SHIFTED_CLOCK_FILE` names, whenever the file says something else than before.
 */
const file = process.env["SHIFTED_CLOCK_FILE"] ?? "";
const RealDate = Date;
let offsetMs = 0;

function look(): void {
  try {
    offsetMs = Number(readFileSync(file, "utf8"));
  } catch {
    // The test has ended and taken the file along.
  }
}

class ShiftedDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(ShiftedDate.now());
    // Whatever a date can be made of.
    else super(...(parts as [number]));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

look();
setInterval(look, 100).unref();
globalThis.Date = ShiftedDate as DateConstructor;
