import { expect, test } from "vitest";
import { normalFolder, specialFolder, withoutHome } from "./special-folder.ts";

test("folders of the system, of everybody and homes as a whole are special; what lies in a home is not", () => {
  const system = ["/", "/etc", "/etc/nginx", "/usr/local/src", "/home", "/tmp", "/Users", "/var"];
  for (const folder of system) expect([folder, specialFolder(folder)]).toEqual([folder, "system"]);
  for (const folder of ["/root", "/home/ada", "/Users/ada"]) {
    expect([folder, specialFolder(folder)]).toEqual([folder, "home"]);
  }
  const free = ["/home/ada/app", "/root/app", "/srv/app", "/tmp/app", "/etcetera", "/opt/app"];
  for (const folder of free) expect([folder, specialFolder(folder)]).toEqual([folder, null]);
});

test("a path is made plain before it is judged", () => {
  expect(normalFolder("/home/ada/../../etc/")).toBe("/etc");
  expect(normalFolder("//srv/./app/")).toBe("/srv/app");
  expect(normalFolder("/../..")).toBe("/");
});

test("INV-62 whose home a folder lies in is not told", () => {
  expect(withoutHome("/home/ada/app")).toBe("~/app");
  expect(withoutHome("/Users/ada")).toBe("~");
  expect(withoutHome("/root/app")).toBe("~/app");
  expect(withoutHome("/rooted/app")).toBe("/rooted/app");
});
