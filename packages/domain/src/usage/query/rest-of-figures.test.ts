import { describe, expect, it } from "vitest";
import { restOfFigures } from "./rest-of-figures.ts";

describe("what is left of totals", () => {
  it("is exact, for money and for counts beyond what a number holds", () => {
    expect(
      restOfFigures({ cost: "1.000000000001", tokens: "90071992547409930", tasks: 3 }, [
        { cost: "0.3", tokens: "90071992547409920", tasks: 1 },
        { cost: null, tokens: 9, tasks: 2 },
      ]),
    ).toEqual({ cost: "0.700000000001", tokens: 1, tasks: 0 });
  });

  it("is unknown where the total is", () => {
    expect(restOfFigures({ cost: null, tokens: 5 }, [])).toEqual({ cost: null, tokens: 5 });
  });
});
