/** Values with the places of the smallest and largest of each block, so that a stretch is searched in no time. */
export type Extremes = {
  /** NaN is a gap. */
  readonly values: Float64Array;
  readonly smallestAt: Int32Array;
  readonly largestAt: Int32Array;
};

/** Index of the smallest and of the largest value; −1 where everything is a gap. */
export type ExtremePair = { readonly smallestAt: number; readonly largestAt: number };

const blockSize = 64;

export function makeExtremes(given: readonly (number | null)[] | Float64Array): Extremes {
  const values = given instanceof Float64Array ? given : Float64Array.from(given, orNaN);
  const blocks = Math.ceil(values.length / blockSize);
  const smallestAt = new Int32Array(blocks);
  const largestAt = new Int32Array(blocks);
  for (let block = 0; block < blocks; block += 1) {
    const start = block * blockSize;
    const pair = scan(values, start, Math.min(start + blockSize, values.length));
    smallestAt[block] = pair.smallestAt;
    largestAt[block] = pair.largestAt;
  }
  return { values, smallestAt, largestAt };
}

/** Extremes from `start` to before `end`; reads whole blocks at once and only the edges one by one. */
export function extremesBetween(extremes: Extremes, start: number, end: number): ExtremePair {
  const { values } = extremes;
  const firstBlock = Math.ceil(start / blockSize);
  const lastBlock = Math.floor(end / blockSize);
  if (firstBlock >= lastBlock) return scan(values, start, end);
  const head = scan(values, start, firstBlock * blockSize);
  const tail = scan(values, lastBlock * blockSize, end);
  let { smallestAt, largestAt } = better(values, head, tail);
  for (let block = firstBlock; block < lastBlock; block += 1) {
    const low = extremes.smallestAt[block] ?? -1;
    const high = extremes.largestAt[block] ?? -1;
    if (low >= 0 && !(valueAt(values, low) >= valueAt(values, smallestAt))) smallestAt = low;
    if (high >= 0 && !(valueAt(values, high) <= valueAt(values, largestAt))) largestAt = high;
  }
  return { smallestAt, largestAt };
}

function scan(values: Float64Array, start: number, end: number): ExtremePair {
  let smallestAt = -1;
  let largestAt = -1;
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = start; index < end; index += 1) {
    const value = values[index] ?? Number.NaN;
    if (value < smallest) {
      smallest = value;
      smallestAt = index;
    }
    if (value > largest) {
      largest = value;
      largestAt = index;
    }
  }
  return { smallestAt, largestAt };
}

function better(values: Float64Array, one: ExtremePair, other: ExtremePair): ExtremePair {
  if (one.smallestAt < 0) return other;
  if (other.smallestAt < 0) return one;
  const isLower = valueAt(values, other.smallestAt) < valueAt(values, one.smallestAt);
  const isHigher = valueAt(values, other.largestAt) > valueAt(values, one.largestAt);
  return {
    smallestAt: isLower ? other.smallestAt : one.smallestAt,
    largestAt: isHigher ? other.largestAt : one.largestAt,
  };
}

/** NaN for no place at all, which loses every comparison that is asked the other way round. */
function valueAt(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

function orNaN(value: number | null): number {
  return value ?? Number.NaN;
}
