import type { NewChange, WorkspaceContext } from "../platform/context.ts";

/**
 * Does something that may fail without taking the transaction with it: what a failed attempt wrote,
 * and what it wanted to say about it, is forgotten. @returns what went wrong; null when nothing did
 */
export async function behindSavepoint(
  ctx: WorkspaceContext,
  run: (inner: WorkspaceContext) => Promise<unknown>,
): Promise<unknown> {
  const changes: NewChange[] = [];
  const finalWork: (() => void)[] = [];
  try {
    await ctx.sql.savepoint((sql) =>
      run({
        ...ctx,
        sql,
        emit: (change) => changes.push(change as NewChange),
        beforeCommit: (work, item) => finalWork.push(() => ctx.beforeCommit(work, item)),
      }),
    );
  } catch (error) {
    return error;
  }
  for (const change of changes) ctx.emit(change);
  for (const ask of finalWork) ask();
  return null;
}
