import { isIPv4, isIPv6 } from "node:net";

/**
 * The network that an address belongs to: enough to tell places apart and to count attempts, not
 * enough to tell people apart. IPv4 keeps 24 bits, IPv6 keeps 48.
 * @returns null for what is no address
 */
export function ipPrefix(address: string | undefined): string | null {
  if (address === undefined) return null;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
  if (isIPv4(plain)) return `${plain.split(".").slice(0, 3).join(".")}.0/24`;
  if (!isIPv6(plain)) return null;
  return `${leadingGroups(plain).join(":")}::/48`;
}

/** The first three groups, written out where the address abbreviates zeros. */
function leadingGroups(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => "0");
  return [...groups, ...zeros, ...after]
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16));
}
