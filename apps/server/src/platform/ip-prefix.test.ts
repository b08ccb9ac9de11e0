import { expect, it } from "vitest";
import { ipPrefix } from "./ip-prefix.ts";

it.each([
  ["192.0.2.77", "192.0.2.0/24"],
  ["::ffff:192.0.2.77", "192.0.2.0/24"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"],
  ["2001:0db8::6", "2001:db8:0::/48"],
  ["fe80::1%eth0", "fe80:0:0::/48"],
  ["::1", "0:0:0::/48"],
  ["somewhere", null],
  ["", null],
  [undefined, null],
])("of %s is %s", (address, expected) => {
  expect(ipPrefix(address)).toBe(expected);
});
