import { expect, test } from "vitest";
import { allRoutes } from "@headcount/contract/routes";
import { routeTable } from "./route-table.ts";

test("every route of the command line is one of the contract, under the same method and path", () => {
  const contract = new Map(allRoutes.map((route) => [route.name, [route.method, route.path]]));
  for (const [name, entry] of Object.entries(routeTable)) {
    expect([name, ...(contract.get(name) ?? [])]).toEqual([name, ...entry]);
  }
});
