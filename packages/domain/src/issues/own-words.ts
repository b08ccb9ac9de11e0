/**
 * A Markdown text without what its author shows rather than says: fenced and indented code, code
 * spans, quotes and HTML comments. Lines stay lines.
 *
 * This is a scan of lines and not a Markdown parser on purpose: it runs for every comment inside
 * a request, and full parsers take minutes on texts that are built to be slow. Where the two could
 * differ, a text counts as quoted.
 */
export function ownWords(markdown: string): string {
  return withoutInline(withoutBlocks(markdown.replace(/\r\n?/gu, "\n")));
}

/** Where the scan stands after a line. */
type Place = {
  /** Column at which the content of the innermost list item begins; 0 outside of lists. */
  readonly listColumn: number;
  /** The marks that opened the fence that the next line is inside of. */
  readonly fence: string | null;
  readonly inQuote: boolean;
  /** The next line may continue a paragraph, and then is no indented code. */
  readonly inParagraph: boolean;
  readonly afterBlank: boolean;
};

const start: Place = {
  listColumn: 0,
  fence: null,
  inQuote: false,
  inParagraph: false,
  afterBlank: false,
};

function withoutBlocks(markdown: string): string {
  const kept: string[] = [];
  let place = start;
  for (const line of markdown.split("\n")) {
    const step = readLine(place, line.replaceAll("\t", "    "));
    kept.push(step.own ? line : "");
    place = step.place;
  }
  return kept.join("\n");
}

type LineStep = { readonly own: boolean; readonly place: Place };

function readLine(place: Place, line: string): LineStep {
  const { fence } = place;
  if (fence !== null && !leavesList(place, line)) {
    return {
      own: false,
      place: { ...place, fence: closesFence(place, line, fence) ? null : fence },
    };
  }
  if (line.trim() === "") {
    const ended = { inQuote: false, inParagraph: false, afterBlank: true };
    return { own: true, place: { ...place, ...ended } };
  }
  return readContent(place, line);
}

function readContent(place: Place, line: string): LineStep {
  const { listColumn, content, startsItem } = listItem(place, line);
  const next: Place = { ...start, listColumn };
  const fence = openingFence(content);
  if (fence !== null) {
    // Only a paragraph runs on outside of its list item; a fence there ends the list.
    const inItem = startsItem || !leavesList(place, line);
    return { own: false, place: { ...next, fence, listColumn: inItem ? listColumn : 0 } };
  }
  // A quote runs on over the following lines of its paragraph even without the mark.
  if ((place.inQuote && !startsItem) || /^ {0,3}>/u.test(content)) {
    return { own: false, place: { ...next, inQuote: true } };
  }
  const continues = place.inParagraph && !startsItem;
  if (!continues && content.startsWith("    ")) return { own: false, place: next };
  return { own: true, place: { ...next, inParagraph: true } };
}

type ListLine = {
  readonly listColumn: number;
  readonly content: string;
  readonly startsItem: boolean;
};

/** Follows list items: the column of the innermost one, and the line without what leads up to it. */
function listItem(place: Place, line: string): ListLine {
  const indent = indentOf(line);
  const left = leavesList(place, line) && (place.afterBlank || place.fence !== null);
  let column = left ? 0 : Math.min(indent, place.listColumn);
  let content = line.slice(column);
  let listColumn = left ? 0 : place.listColumn;
  let marker = listMarker(content);
  const startsItem = marker !== null;
  while (marker !== null) {
    column += marker.length;
    content = content.slice(marker.length);
    listColumn = column;
    marker = listMarker(content);
  }
  return { listColumn, content, startsItem };
}

/** Whether a line that is not blank stands outside of the list item before it. */
function leavesList(place: Place, line: string): boolean {
  return line.trim() !== "" && indentOf(line) < place.listColumn;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** A marker with the spaces after it; five and more are one, and code behind it. */
function listMarker(content: string): string | null {
  return /^ {0,3}(?:[-*+]|\d{1,9}[.)]) (?: {0,3}(?=\S)|(?= {4}))/u.exec(content)?.[0] ?? null;
}

function openingFence(content: string): string | null {
  const [, marks = "", rest = ""] = /^ {0,3}(`{3,}|~{3,})(.*)$/u.exec(content) ?? [];
  if (marks === "" || (marks.startsWith("`") && rest.includes("`"))) return null;
  return marks;
}

function closesFence(place: Place, line: string, fence: string): boolean {
  const mark = line.trim();
  const aligned = indentOf(line) <= place.listColumn + 3;
  return aligned && mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}

/** Removes HTML comments and code spans, in the order in which they open. */
function withoutInline(text: string): string {
  const spans: string[] = [];
  let from = 0;
  const landmarks = { closings: runsByLength(text), blankLines: blankLinesOf(text) };
  for (const opening of text.matchAll(/\\[\\`<]|<!--|`+/gu)) {
    if (opening.index < from || opening[0].startsWith("\\")) continue;
    const end = endOf(text, opening[0], opening.index, landmarks);
    if (end === null) continue;
    spans.push(text.slice(from, opening.index), " ");
    from = end;
  }
  return spans.join("") + text.slice(from);
}

/** Found once for a whole text: looking from every opening anew is quadratic in hostile ones. */
type Landmarks = {
  /** Start of every run of backticks, by the length of the run. */
  readonly closings: ReadonlyMap<number, readonly number[]>;
  /** Where the line before each blank line ends. */
  readonly blankLines: readonly number[];
};

function endOf(
  text: string,
  opening: string,
  at: number,
  { closings, blankLines }: Landmarks,
): number | null {
  if (opening === "<!--") {
    const end = text.indexOf("-->", at);
    if (end === -1) return text.length;
    return beginsLine(text, at) ? lineEnd(text, end) : end + 3;
  }
  const paragraphEnd = firstAfter(blankLines, at) ?? text.length;
  const closing = firstAfter(closings.get(opening.length) ?? [], at + opening.length);
  return closing === null || closing > paragraphEnd ? null : closing + opening.length;
}

/** A comment that begins a line takes the rest of its last line with it, as HTML blocks do. */
function beginsLine(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4), at);
  const lineBreak = before.lastIndexOf("\n");
  const isNear = lineBreak !== -1 || at <= 3;
  return isNear && before.slice(lineBreak + 1).trim() === "";
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end;
}

function runsByLength(text: string): ReadonlyMap<number, readonly number[]> {
  const runs = new Map<number, number[]>();
  for (const run of text.matchAll(/`+/gu)) {
    const known = runs.get(run[0].length);
    if (known === undefined) runs.set(run[0].length, [run.index]);
    else known.push(run.index);
  }
  return runs;
}

/** The first of some ascending positions that is not before `at`. */
function firstAfter(positions: readonly number[], at: number): number | null {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return positions[low] ?? null;
}

function blankLinesOf(text: string): readonly number[] {
  return Array.from(text.matchAll(/\n[ \t]*(?=\n)/gu), (match) => match.index);
}
