import type { Catalogue } from "../i18n/catalogue.ts";

/**
 * A browser as its reader's language names it. Sessions keep what the server has read from it at
 * sign-in, in English: "Firefox on Linux", one half of that, or that it is unknown.
 */
export function deviceName(device: string, { settings }: Pick<Catalogue, "settings">): string {
  if (device === "Unknown device") return settings.unknownDevice;
  const [browser, system, ...more] = device.split(" on ");
  if (browser === undefined || system === undefined || more.length > 0) return device;
  return settings.browserOn({ browser, system });
}
