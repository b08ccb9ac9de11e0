import path from "node:path";
import { makeFakeClaude, type FakeClaude } from "@headcount/testkit/fake-agent/make-fake-claude";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { type Product, type ProductOptions, startProduct } from "./start-product.ts";
import { createProductDatabase } from "./test-database.ts";

/** The product on a database of its own, with a machine that has a scripted Claude Code. */
export type ProductWithClaude = {
  readonly product: Product;
  readonly claude: FakeClaude;
  readonly databaseUrl: string;
  /** For what a test and its agents tell one another through files. */
  readonly folder: string;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function startWithClaude(
  options: Omit<ProductOptions, "databaseUrl" | "agentDirectories"> = {},
): Promise<ProductWithClaude> {
  const stack = new AsyncDisposableStack();
  try {
    const database = stack.use(await createProductDatabase());
    const folder = stack.use(await temporaryDirectory({ prefix: "claude" }));
    const claude = await makeFakeClaude(folder.path);
    const product = stack.use(
      await startProduct({
        ...options,
        databaseUrl: database.url,
        agentDirectories: [path.dirname(claude.executable)],
        daemonEnvironment: { HEADCOUNT_TUTORIAL_PACE_MS: "0", ...options.daemonEnvironment },
      }),
    );
    const parts = stack.move();
    return {
      product,
      claude,
      databaseUrl: database.url,
      folder: folder.path,
      [Symbol.asyncDispose]: () => parts.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
