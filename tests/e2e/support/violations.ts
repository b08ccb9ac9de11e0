/// <reference lib="dom" />
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { waitFor } from "@headcount/testkit/wait-for";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** The broken rules of the page as it stands, each with the elements that break it. */
export async function violations(page: Page, where: string): Promise<string[]> {
  // Colours are judged at rest, not half way through a fade.
  await waitFor(
    () =>
      page.evaluate(() =>
        document.getAnimations().every((animation) => {
          const { iterations } = animation.effect?.getTiming() ?? {};
          return iterations === Number.POSITIVE_INFINITY || animation.playState === "finished";
        }),
      ),
    { describe: `${where} at rest` },
  );
  const { violations: found } = await new AxeBuilder({ page })
    .options({ resultTypes: ["violations"] })
    .withTags(rules)
    .setLegacyMode()
    .analyze();
  return found.flatMap((rule) =>
    rule.nodes.map((node) => `${where}: ${rule.id} at ${node.target.join(" ")} · ${node.html}`),
  );
}
