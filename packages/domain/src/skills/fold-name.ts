/**
 * What is the same for names that a file system may take for one: it may ignore case, or spell
 * letters in another way. Upper case comes first because some letters are one only there (ß, SS).
 */
export function foldName(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}
