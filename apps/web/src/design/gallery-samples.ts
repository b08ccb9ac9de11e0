import type { AvatarActor } from "../ui/avatar.tsx";
import type { Bar, BarSeries } from "../charts/bars/bar-types.ts";

const agentNames = ["Ada", "Bram", "Cleo", "Dov", "Esme", "Finn", "Gus", "Hedy", "Ines", "Juno"];

export const galleryAgents = agentNames.map((name, index) => ({
  type: "agent" as const,
  id: `019a8f4e-77d1-7a21-9c0e-${index * 7919}`,
  name,
}));

export const galleryPeople: readonly AvatarActor[] = [
  "Mara Lindqvist",
  "Tom Okafor",
  "Jun Sato",
  "李雷",
  "root",
].map((name, index) => ({ type: "member", id: `p${index * 31}`, name }));

export const gallerySeries: readonly BarSeries[] = [
  { id: "claude", label: "Claude Opus 4.5", colour: "var(--series-2)" },
  { id: "gpt", label: "GPT-5.2 Codex", colour: "var(--series-3)" },
  { id: "gemini", label: "Gemini 3 Pro", colour: "var(--series-1)" },
  { id: "local", label: "tutorial", colour: "var(--series-other)", unpriced: true },
];

const dayCount = 21;

export const galleryBars: readonly Bar[] = Array.from({ length: dayCount }, (_, index) => ({
  id: String(index),
  label: `${index + 1} Nov`,
  title: `${index + 1} November 2026`,
  partial: index === dayCount - 1,
  values: {
    claude: 1_800_000 + 1_400_000 * Math.sin(index * 1.3),
    gpt: 900_000 + 700_000 * Math.cos(index * 0.9),
    gemini: index % 4 === 0 ? 0 : 400_000,
    local: index % 3 === 0 ? 260_000 : 0,
  },
}));

export const galleryWeek = [4, 9, 0, 6, 12, 7, 3];

export const galleryNowMs = Date.now();
