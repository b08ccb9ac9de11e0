/** Folders of the operating system, with everything in them. */
const systemFolders: readonly string[] = [
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/lib",
  "/lib64",
  "/proc",
  "/run",
  "/sbin",
  "/sys",
  "/usr",
  "/var/lib",
  "/var/run",
  "/private/etc",
  "/System",
  "/Library",
  "/Applications",
];

/** Folders that only hold other folders: what lies in them may be worked on, they may not. */
const sharedFolders: ReadonlySet<string> = new Set([
  "/",
  "/home",
  "/media",
  "/mnt",
  "/opt",
  "/private",
  "/private/tmp",
  "/private/var",
  "/srv",
  "/tmp",
  "/Users",
  "/var",
  "/var/tmp",
  "/Volumes",
]);

/** A home directory by the usual rule for its path; the machine itself knows for certain. */
const usualHome = /^(\/root|\/(home|Users)\/[^/]+)$/;

/**
 * Why no agent may work in a folder as a whole: it is somebody's home or the operating system's.
 *
 * @param folder normalised absolute path, without a slash at its end
 */
export function specialFolder(folder: string): "home" | "system" | null {
  if (usualHome.test(folder)) return "home";
  const isSystem = systemFolders.some((one) => folder === one || folder.startsWith(`${one}/`));
  return isSystem || sharedFolders.has(folder) ? "system" : null;
}

/** An absolute path without `.`, `..`, doubled slashes and a slash at its end. */
export function normalFolder(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** A path as everybody may read it: whose home it lies in is nobody else's business. */
export function withoutHome(path: string): string {
  return path.replace(/^(\/root|\/(home|Users)\/[^/]+)(?=\/|$)/, "~");
}
