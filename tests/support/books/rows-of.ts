import { setWorkspace } from "@headcount/server/platform/database";
import type { TestApp } from "@headcount/server/testing/test-app";

/** Rows of a table of the workspace, past the API. */
export async function rowsOf<Row extends object>(
  test: TestApp,
  read: (tx: Parameters<typeof setWorkspace>[0]) => PromiseLike<readonly object[]>,
): Promise<readonly Row[]> {
  const rows = await test.app.database.pool.begin(async (tx) => {
    await setWorkspace(tx, test.workspaceId);
    return [...(await read(tx))];
  });
  return rows as Row[];
}
