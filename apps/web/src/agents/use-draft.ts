import { useState } from "react";

type Draft<Fields extends object> = {
  readonly fields: Fields;
  readonly dirty: boolean;
  /** The revision that the first change was made on; null while nothing is changed. */
  readonly revision: number | null;
  readonly change: (changes: Partial<Fields>) => void;
  readonly reset: () => void;
};

/** Edits on top of a stored entity: fields that are untouched follow it, changed ones stay until saved. */
export function useDraft<Fields extends object>(stored: Fields, revision: number): Draft<Fields> {
  const [changes, setChanges] = useState<Partial<Fields>>({});
  const [base, setBase] = useState<number | null>(null);
  const fields = { ...stored, ...changes };
  const keys = Object.keys(changes) as (keyof Fields)[];
  const dirty = keys.some((key) => JSON.stringify(fields[key]) !== JSON.stringify(stored[key]));
  return {
    fields,
    dirty,
    revision: base,
    change: (next) => {
      setBase((before) => before ?? revision);
      setChanges((before) => ({ ...before, ...next }));
    },
    reset: () => {
      setBase(null);
      setChanges({});
    },
  };
}
