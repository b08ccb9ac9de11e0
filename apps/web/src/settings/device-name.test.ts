import { expect, it } from "vitest";
import { settings as english } from "../i18n/en/settings.ts";
import { settings as chinese } from "../i18n/zh-Hans/settings.ts";
import { deviceName } from "./device-name.ts";

it.each([
  ["Firefox on Linux", "Firefox on Linux", "Linux 上的 Firefox"],
  ["Safari on macOS", "Safari on macOS", "macOS 上的 Safari"],
  ["Edge", "Edge", "Edge"],
  ["Unknown device", "Unknown device", "未知设备"],
])("names a device in the reader's language: %s", (device, inEnglish, inChinese) => {
  expect(deviceName(device, { settings: english })).toBe(inEnglish);
  expect(deviceName(device, { settings: chinese })).toBe(inChinese);
});
