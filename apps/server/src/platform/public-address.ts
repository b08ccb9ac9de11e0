import { BlockList, isIP } from "node:net";

/**
 * Addresses that are not the public internet's (IANA special-purpose registries of IPv4 and IPv6),
 * and the one public address at which a cloud answers its own machines (Azure, 168.63.129.16).
 */
const closed4 = blockList("ipv4", [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["168.63.129.16", 32],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
]);

/** Only global unicast is open; everything else, mapped and translated IPv4 too, lies outside. */
const open6 = blockList("ipv6", [["2000::", 3]]);
const closed6 = blockList("ipv6", [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
]);

/** Whether an address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, "");
  switch (isIP(bare)) {
    case 4:
      return !closed4.check(bare, "ipv4");
    case 6:
      return open6.check(bare, "ipv6") && !closed6.check(bare, "ipv6");
    default:
      return false;
  }
}

function blockList(
  type: "ipv4" | "ipv6",
  networks: readonly (readonly [address: string, prefix: number])[],
): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of networks) list.addSubnet(address, prefix, type);
  return list;
}
