import type { ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";

/** The seven issue status categories in board order. */
export const statusCategories = [
  "backlog",
  "todo",
  "in_progress",
  "in_review",
  "blocked",
  "done",
  "cancelled",
] as const;

export type StatusCategory = (typeof statusCategories)[number];

const ring = <circle cx="7" cy="7" r="5.750" stroke="currentColor" strokeWidth="1.500" />;
const disc = <circle cx="7" cy="7" r="6.500" fill="currentColor" />;

const shapes: Readonly<Record<StatusCategory, ReactNode>> = {
  backlog: (
    <circle
      cx="7"
      cy="7"
      r="5.750"
      stroke="currentColor"
      strokeWidth="1.500"
      strokeDasharray="1.700 1.910"
      strokeLinecap="butt"
    />
  ),
  todo: ring,
  in_progress: (
    <>
      {ring}
      <path d="M7 3.500a3.500 3.500 0 0 1 0 7Z" fill="currentColor" />
    </>
  ),
  in_review: (
    <>
      {ring}
      <path d="M7 7V3.500A3.500 3.500 0 1 1 3.500 7Z" fill="currentColor" />
    </>
  ),
  blocked: (
    <>
      {disc}
      <path d="m4.700 9.300 4.600-4.600" stroke="var(--raised)" strokeWidth="1.600" />
    </>
  ),
  done: (
    <>
      {disc}
      <path d="m4.200 7.300 2 2 3.700-4.200" stroke="var(--raised)" strokeWidth="1.600" />
    </>
  ),
  cancelled: (
    <>
      {disc}
      <path d="M4.500 7h5" stroke="var(--raised)" strokeWidth="1.600" />
    </>
  ),
};

const colours: Readonly<Record<StatusCategory, string>> = {
  backlog: "text-ghost",
  todo: "text-faint",
  in_progress: "text-running",
  in_review: "text-accent",
  blocked: "text-blocked",
  done: "text-done",
  cancelled: "text-cancelled",
};

type CategoryIconProps = {
  readonly category: StatusCategory;
  readonly decorative?: boolean;
  readonly className?: string;
};

/** The shape and colour of an issue's status category. */
export function CategoryIcon({ category, decorative = false, className = "" }: CategoryIconProps) {
  const text = useText();
  const name = decorative
    ? { "aria-hidden": true as const }
    : { role: "img", "aria-label": text.states.category[category] };
  return (
    <svg
      {...name}
      width={14}
      height={14}
      viewBox="0 0 14 14"
      fill="none"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`shrink-0 ${colours[category]} ${className}`}
    >
      {shapes[category]}
    </svg>
  );
}
