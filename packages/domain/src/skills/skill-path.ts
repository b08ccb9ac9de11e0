import { foldName } from "./fold-name.ts";

/** The file that every skill has; nothing else may be called so, in whatever case. */
export const skillDocument = "SKILL.md";

/** Names that Windows keeps for devices, with any ending (learn.microsoft.com, "Naming files"). */
const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
const mostDepth = 12;

/**
 * What is wrong with the path of a file inside of a skill; null when it may be written anywhere.
 * The sentence continues "The path …".
 */
export function skillPathProblem(path: string): string | null {
  if (path === "" || path.length > 300) return "has to have 1 to 300 characters";
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return "has to be relative";
  if (path.includes("\\")) return "has to use / between folders";
  if (!path.isWellFormed() || /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u.test(path)) {
    return "holds characters that cannot be seen";
  }
  const parts = path.split("/");
  if (parts.length > mostDepth) return `has more than ${mostDepth} folders`;
  for (const part of parts) {
    const problem = partProblem(part);
    if (problem !== null) return problem;
  }
  if (foldName(path) === foldName(skillDocument)) return `is kept for ${skillDocument} itself`;
  return null;
}

function partProblem(part: string): string | null {
  if (part === "" || part === "." || part === "..") return "holds an empty part, . or ..";
  if (/[<>:"|?*]/.test(part)) return 'holds one of < > : " | ? *';
  if (/[. ]$/.test(part) || part.startsWith(" ")) return "holds a name that ends in a dot or blank";
  if (deviceName.test(part)) return "holds a name that Windows keeps for a device";
  if (part.toLowerCase() === ".git") return "may not lead into a .git folder";
  return null;
}
