import type { RunJournal, RunNote } from "./run-journal.ts";

/** Keeps a run's note in the journal up to date; writes follow each other in order. */
export class NoteKeeper {
  readonly #journal: RunJournal;
  #note: RunNote;
  #queue: Promise<void> = Promise.resolve();

  constructor(journal: RunJournal, note: RunNote) {
    this.#journal = journal;
    this.#note = note;
  }

  get note(): RunNote {
    return this.#note;
  }

  /** Resolves when the note is on the disk. */
  update(changes: Partial<RunNote>): Promise<void> {
    this.#note = { ...this.#note, ...changes };
    const note = this.#note;
    const written = this.#queue.then(() => this.#journal.write(note));
    this.#queue = written.catch(() => undefined);
    return written;
  }

  /** The same without waiting; a disk that refuses shows when the next waiting update fails. */
  updateSoon(changes: Partial<RunNote>): void {
    this.update(changes).catch(() => undefined);
  }

  remove(): Promise<void> {
    return this.#queue.then(() => this.#journal.remove(this.#note));
  }
}
