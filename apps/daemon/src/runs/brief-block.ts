/**
 * The block that carries the brief inside a CLI's own instruction file. The first marker says how
 * it was put there, so that taking it out restores the file byte for byte:
 * `new` the file did not exist, `joined` a line break was added before the block, `after` neither.
 *
 * All texts are byte strings (latin1), because a person's file may hold anything.
 */
type Placement = "new" | "joined" | "after";

const beginPrefix = "<!-- headcount:begin ";
const endMarker = "<!-- headcount:end -->\n";

/** Adds the brief at the end of a file; `null` is a file that does not exist. An older block goes. */
export function withBrief(file: string | null, brief: string): string {
  const bare = file === null ? null : withoutBrief(file);
  if (bare === null) return block("new", brief);
  if (bare === "" || bare.endsWith("\n")) return bare + block("after", brief);
  return `${bare}\n${block("joined", brief)}`;
}

/** Takes the block out. Null: nothing but the block was ever there, so the file has to go. */
export function withoutBrief(file: string): string | null {
  const end = file.lastIndexOf(endMarker);
  const begin = end < 0 ? -1 : file.lastIndexOf(beginPrefix, end);
  const placement = begin < 0 ? null : placementAt(file, begin);
  if (placement === null) return file;
  const before = file.slice(0, placement === "joined" ? begin - 1 : begin);
  const rest = before + file.slice(end + endMarker.length);
  return placement === "new" && rest === "" ? null : rest;
}

function block(placement: Placement, brief: string): string {
  // Markers inside the brief would end the block early; a blank makes them plain text.
  const body = brief.replaceAll("<!-- headcount:", "<!-- headcount :");
  const lineEnd = body.endsWith("\n") ? "" : "\n";
  return `${beginPrefix}${placement} -->\n${body}${lineEnd}${endMarker}`;
}

function placementAt(file: string, begin: number): Placement | null {
  const match = /^(new|joined|after) -->\n/.exec(
    file.slice(begin + beginPrefix.length, begin + beginPrefix.length + 16),
  );
  const word = match?.[1];
  return word === "new" || word === "joined" || word === "after" ? word : null;
}
