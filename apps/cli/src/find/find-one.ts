import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";

export type Named = { readonly id: string; readonly name: string };

const idPrefix = /^[0-9a-f-]{6,36}$/i;

/**
 * Finds an entity by its id, the beginning of its id, or its name without regard to case.
 *
 * @throws CliError exit 4 when nothing fits, exit 5 when several do
 */
export function findOne<One extends Named>(
  items: readonly One[],
  wanted: string,
  noun: string,
): One {
  const text = wanted.trim().replace(/^@/, "");
  const exact = items.find((item) => item.id === text.toLowerCase());
  if (exact) return exact;
  const lower = text.toLowerCase();
  const named = items.filter((item) => item.name.toLowerCase() === lower);
  const fitting = named.length > 0 ? named : idPrefix.test(text) ? byPrefix(items, lower) : [];
  const [found] = fitting;
  if (!found) {
    throw new CliError(`There is no ${noun} "${wanted}".`, {
      exitCode: exitCodes.notFound,
      nextStep: items.length > 0 ? `There are: ${listNames(items)}.` : undefined,
    });
  }
  if (fitting.length === 1) return found;
  const candidates = fitting.map((item) => `${item.name} (${item.id})`).join(", ");
  throw invalidUse(`"${wanted}" could be several: ${candidates}.`, "Use an id.");
}

function byPrefix<One extends Named>(items: readonly One[], prefix: string): readonly One[] {
  return items.filter((item) => item.id.startsWith(prefix));
}

function listNames(items: readonly Named[]): string {
  const shown = items.slice(0, 10).map((item) => item.name);
  return items.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
