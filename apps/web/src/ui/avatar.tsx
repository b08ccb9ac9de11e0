import type { CSSProperties } from "react";
import { agentGlyph, type GlyphTile } from "./agent-glyph.ts";
import { classNames } from "./class-names.ts";

export type AvatarActor =
  | {
      readonly type: "member";
      readonly id: string;
      readonly name: string;
      readonly pictureUrl?: string | null;
    }
  | { readonly type: "agent"; readonly id: string; readonly name: string };

type AvatarProps = {
  readonly actor: AvatarActor;
  readonly size?: number;
  /** Set where the name stands beside the avatar. */
  readonly decorative?: boolean;
  readonly className?: string;
};

/** Round is a person, square is an agent. */
export function Avatar({ actor, size = 20, decorative = false, className }: AvatarProps) {
  const name = decorative
    ? { "aria-hidden": true as const }
    : { role: "img", "aria-label": actor.name, title: actor.name };
  const box = { width: size, height: size };
  if (actor.type === "agent") {
    return (
      <span
        {...name}
        style={{ ...box, borderRadius: Math.max(4, size * 0.2), ...agentColours(actor.id) }}
        className={classNames(
          "inline-block shrink-0 overflow-hidden bg-(--glyph-ground)",
          className,
        )}
      >
        <AgentDrawing id={actor.id} />
      </span>
    );
  }
  if (actor.pictureUrl) {
    return (
      <img
        src={actor.pictureUrl}
        alt={decorative ? "" : actor.name}
        style={box}
        className={classNames("shrink-0 rounded-full object-cover", className)}
      />
    );
  }
  return (
    <span
      {...name}
      style={{ ...box, fontSize: Math.round(size * 0.42), ...personColours(actor.id) }}
      // Drawn by the style sheet: a picture of the name, not a second text beside it.
      data-initials={initialsOf(actor.name)}
      className={classNames(
        "before:content-[attr(data-initials)] inline-grid shrink-0 select-none place-items-center rounded-full bg-(--glyph-ground) font-semibold leading-none text-(--glyph-ink)",
        className,
      )}
    />
  );
}

/** The place of nobody, so that rows keep their edge. */
export function NoAvatar({ size = 20 }: { readonly size?: number }) {
  return (
    <span
      aria-hidden="true"
      style={{ width: size, height: size }}
      className="inline-block shrink-0 rounded-full border border-dashed border-ghost"
    />
  );
}

const quarterTurn = 90;

function AgentDrawing({ id }: { readonly id: string }) {
  const glyph = agentGlyph(id);
  return (
    <svg aria-hidden="true" viewBox="-2.500 -2.500 25 25" className="block size-full">
      <g fill="var(--glyph-ink)">
        {glyph.tiles.map((tile, index) => {
          const x = (index % 2) * 10;
          const y = Math.floor(index / 2) * 10;
          return (
            <path
              key={`${x}${y}`}
              d={tilePaths[tile.kind]}
              transform={`translate(${x} ${y}) rotate(${tile.turns * quarterTurn} 5 5)`}
            />
          );
        })}
      </g>
    </svg>
  );
}

const tilePaths: Readonly<Record<GlyphTile, string>> = {
  quarter: "M0.400 0.400H9.600A9.200 9.200 0 0 1 0.400 9.600Z",
  disc: "M5 0.900a4.100 4.100 0 1 1 0 8.200 4.100 4.100 0 0 1 0-8.200Z",
  triangle: "M0.400 0.400H9.600L0.400 9.600Z",
  bar: "M0.400 0.400H5V9.600H0.400Z",
  square: "M1.200 1.200H8.800V8.800H1.200Z",
};

function agentColours(id: string): CSSProperties {
  const { hue } = agentGlyph(id);
  return {
    "--glyph-ground": `light-dark(oklch(92% 0.045 ${hue}), oklch(33% 0.055 ${hue}))`,
    "--glyph-ink": `light-dark(oklch(50% 0.125 ${hue}), oklch(80% 0.105 ${hue}))`,
  } as CSSProperties;
}

/** People are told apart by their initials; their grounds stay near grey so that agents own colour. */
function personColours(id: string): CSSProperties {
  const { hue } = agentGlyph(id);
  return {
    "--glyph-ground": `light-dark(oklch(89% 0.018 ${hue}), oklch(36% 0.02 ${hue}))`,
    "--glyph-ink": `light-dark(oklch(38% 0.03 ${hue}), oklch(90% 0.015 ${hue}))`,
  } as CSSProperties;
}

function initialsOf(name: string): string {
  const trimmed = name.trim();
  const han = trimmed.match(/\p{Script=Han}/gu);
  if (han !== null) return han.slice(-1).join("");
  const words = trimmed.split(/[\s._@-]+/).filter(Boolean);
  const first = words[0]?.at(0) ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? "") : "";
  return `${first}${last}`.toUpperCase();
}
