/** Longer lines carry something. */
const longestSign = 400;

const name = String.raw`"(?:type|subtype|event|method)" *: *"(?:[^"]*[._/:$-])?`;
const sign = new RegExp(`${name}(?:ping|pong|heartbeat|keep[_-]?alive)"`, "i");

/**
 * Whether a line only says that the program, or its connection, still lives: `ping` of Anthropic's
 * event stream, `keep_alive` of stream-json, heartbeats of servers. Such lines come from a timer,
 * also when the work behind them hangs.
 */
export function isKeepAlive(line: string): boolean {
  return line.length <= longestSign && sign.test(line);
}
