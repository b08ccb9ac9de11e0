const mostTries = 50;
const mostLength = 64;

/** `Review (2)` and so on, the first that is not taken; null after fifty tries. */
export function freeSkillName(name: string, isTaken: (name: string) => boolean): string | null {
  for (let number = 2; number < mostTries + 2; number += 1) {
    const end = ` (${number})`;
    const candidate = `${cutCharacters(name, mostLength - end.length)}${end}`;
    if (!isTaken(candidate)) return candidate;
  }
  return null;
}

/** Cuts between characters, never inside of a surrogate pair. */
function cutCharacters(text: string, length: number): string {
  const cut = text.slice(0, length);
  return (cut.isWellFormed() ? cut : cut.slice(0, -1)).trimEnd();
}
