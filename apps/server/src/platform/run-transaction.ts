import { setImmediate as soon, setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import type { Transaction } from "./database.ts";

/**
 * Runs one transaction and holds on to the connection that it began on. When that connection is
 * lost, postgres.js rejects the transaction but lets its function go on: whatever it still sends,
 * its own `rollback` included, goes to a socket that is gone, which ends the process, or to the
 * connection's successor, where it would become part of somebody else's transaction. Here nothing
 * is sent any more once the transaction is over.
 *
 * @param options isolation level and access mode, as after `begin`; empty for the usual ones
 */
export async function runTransaction<T>(
  pool: postgres.Sql,
  options: string,
  run: (tx: Transaction) => Promise<T>,
): Promise<T> {
  let isOver = false;
  const over = Promise.withResolvers<void>();
  const outcome = pool.begin(options, async (tx) => {
    try {
      return { value: await run(guarded(tx, () => isOver)) };
    } catch (error) {
      // The loss of the connection is told to the statement first, then to the transaction.
      await soon();
      if (mayBeLoss(error)) await Promise.race([over.promise, pause(lossToldWithinMs)]);
      // Nobody waits for this one: the transaction has failed already.
      if (isOver) return new Promise<never>(() => {});
      throw error;
    }
  });
  const { value } = (await outcome.finally(() => {
    isOver = true;
    over.resolve();
  })) as { value: T };
  return value;
}

/** Far more than the driver takes; then it was the loss of something else. */
const lossToldWithinMs = 1_000;

/** Codes of the driver and the system. */
const lossCodes = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT)/;

/** Whether the error is one that a lost connection gives; PostgreSQL says `FATAL` before it hangs up. */
function mayBeLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("severity" in error) return error.severity === "FATAL" || error.severity === "PANIC";
  return "code" in error && lossCodes.test(String(error.code));
}

function guarded(tx: Transaction, isOver: () => boolean): Transaction {
  const check = (): void => {
    if (isOver()) throw new Error("The transaction is over: its connection was lost");
  };
  return new Proxy(tx, {
    apply(target, self, args: unknown[]) {
      check();
      return Reflect.apply(target as never, self, args);
    },
    get(target, name, receiver) {
      if (name === "unsafe" || name === "savepoint") check();
      return Reflect.get(target, name, receiver);
    },
  });
}
