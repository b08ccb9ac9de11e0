import { appendFileSync } from "node:fs";
import type { LoggedRequest } from "./logged-request.ts";
import type { Scenario } from "./scenario.ts";
import { ScenarioPlayer } from "./scenario-player.ts";

export type PlaybackOptions = {
  readonly scenario: Scenario;
  /** One JSON line per request is appended to this file. */
  readonly logFile?: string;
  /** Keep whole request bodies in the log. */
  readonly bodies?: boolean;
};

/** The scenario that is being played, and the log of what it answered. */
export class Playback {
  player: ScenarioPlayer;
  readonly keepsBodies: boolean;
  readonly #logFile: string | undefined;
  #log: LoggedRequest[] = [];
  #sequence = 0;
  #begun = 0;

  /** @throws Error when the scenario is not sound. */
  constructor(options: PlaybackOptions) {
    this.player = new ScenarioPlayer(options.scenario);
    this.keepsBodies = options.bodies ?? false;
    this.#logFile = options.logFile;
  }

  get log(): readonly LoggedRequest[] {
    return this.#log;
  }

  get begun(): number {
    return this.#begun;
  }

  /** Starts over with another scenario and an empty log; sequence numbers and `begun` go on. */
  play(scenario: Scenario): void {
    this.player = new ScenarioPlayer(scenario);
    this.#log = [];
  }

  nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  markBegun(): void {
    this.#begun += 1;
  }

  record(request: LoggedRequest): void {
    this.#log.push(request);
    if (this.#logFile !== undefined) appendFileSync(this.#logFile, `${JSON.stringify(request)}\n`);
  }
}
