export type CountedMessages = {
  /** Messages that end in this chunk, at most as many as were asked for. */
  readonly units: number;
  /** Bytes of the chunk up to the end of the last of them. */
  readonly bytes: number;
};

/**
 * Counts messages from a client to PostgreSQL on one connection (protocol 3.0, section "Message
 * Flow" of its manual): the first has no type, every other one begins with a byte for it; then the
 * length as 4 bytes, itself included.
 */
export function countFrontendMessages(): (chunk: Buffer, most: number) => CountedMessages {
  let head = Buffer.alloc(0);
  let headBytes = 4;
  let left: number | null = null;
  return (chunk, most) => {
    let offset = 0;
    let units = 0;
    let bytes = 0;
    while (offset < chunk.length) {
      if (left === null) {
        const part = chunk.subarray(offset, offset + headBytes - head.length);
        head = Buffer.concat([head, part]);
        offset += part.length;
        if (head.length < headBytes) break;
        left = head.readInt32BE(headBytes - 4) - 4;
      }
      const body = Math.min(left, chunk.length - offset);
      offset += body;
      left -= body;
      if (left > 0) break;
      left = null;
      head = Buffer.alloc(0);
      headBytes = 5;
      if (units < most) {
        units += 1;
        bytes = offset;
      }
    }
    return { units, bytes: units < most ? chunk.length : bytes };
  };
}
