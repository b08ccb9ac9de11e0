export type GlyphTile = "quarter" | "disc" | "triangle" | "bar" | "square";

/** A drawing that always comes out the same for one id. */
export type AgentGlyph = {
  /** Degrees of the colour wheel, away from the reds that mean failure. */
  readonly hue: number;
  /** Four tiles, row by row, each with its quarter turns. */
  readonly tiles: readonly { readonly kind: GlyphTile; readonly turns: number }[];
};

const kinds: readonly GlyphTile[] = ["quarter", "disc", "triangle", "quarter", "bar", "square"];
const hueSteps = 20;

/** Derives an agent's glyph and hue from its id. */
export function agentGlyph(id: string): AgentGlyph {
  let state = hashOf(id);
  const next = (below: number): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = (state ^ (state >>> 12)) >>> 0;
    return state % below;
  };
  const hue = 50 + next(hueSteps) * (300 / hueSteps);
  const tiles = [0, 1, 2, 3].map(() => ({
    kind: kinds[next(kinds.length)] ?? "disc",
    turns: next(4),
  }));
  return { hue, tiles };
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}
