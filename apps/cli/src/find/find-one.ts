import { CliError, exitCodes, invalidUse } from "../errors/cli-error.ts";
import { noSuch, seeList, type Thing, type ThingName, things } from "./things.ts";

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
  thing: ThingName,
): One {
  const text = wanted.trim().replace(/^@/, "");
  const exact = items.find((item) => item.id === text.toLowerCase());
  if (exact) return exact;
  const lower = text.toLowerCase();
  const named = items.filter((item) => item.name.toLowerCase() === lower);
  const fitting = named.length > 0 ? named : idPrefix.test(text) ? byPrefix(items, lower) : [];
  const [found] = fitting;
  if (!found) {
    throw new CliError(noSuch(things[thing], wanted), {
      exitCode: exitCodes.notFound,
      nextStep: whatThereIs(items, things[thing]),
    });
  }
  if (fitting.length === 1) return found;
  const candidates = fitting.map((item) => `${item.name} (${item.id})`).join(", ");
  throw invalidUse(`"${wanted}" could be several: ${candidates}.`, "Use an id.");
}

function byPrefix<One extends Named>(items: readonly One[], prefix: string): readonly One[] {
  return items.filter((item) => item.id.startsWith(prefix));
}

const mostNames = 10;

function whatThereIs(items: readonly Named[], thing: Thing): string {
  const { list, make, isNameless } = thing;
  if (items.length === 0 && make === undefined) return "There is none yet.";
  if (items.length === 0) return `There is none yet. \`headcount ${make}\` makes one.`;
  if (isNameless) return seeList(thing);
  const names = items.slice(0, mostNames).map(({ name }) => name);
  if (items.length <= mostNames) return `There are: ${names.join(", ")}.`;
  return `There are: ${names.join(", ")}, …. \`headcount ${list}\` shows all.`;
}
