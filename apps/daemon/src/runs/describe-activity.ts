const longest = 200;

/** One line about an open tool for cards: its name and what it works on. */
export function describeActivity(tool: string, input: unknown): string {
  const subject = subjectOf(input);
  const line = subject === null ? tool : `${tool}: ${subject}`;
  return line.replaceAll(/\s+/g, " ").trim().slice(0, longest).toWellFormed();
}

/** Agents name the thing a tool acts on differently; the first of these that is a text wins. */
const subjectFields = ["command", "file_path", "path", "pattern", "query", "url", "description"];

function subjectOf(input: unknown): string | null {
  if (typeof input === "string") return input;
  if (input === null || typeof input !== "object") return null;
  const fields = new Map(Object.entries(input));
  for (const name of subjectFields) {
    const value: unknown = fields.get(name);
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}
