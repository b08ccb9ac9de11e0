import { CategoryIcon, type StatusCategory } from "../ui/category-icon.tsx";

const columns: readonly { readonly category: StatusCategory; readonly cards: readonly number[] }[] =
  [
    { category: "todo", cards: [44, 30] },
    { category: "in_progress", cards: [38] },
    { category: "done", cards: [50, 34, 42] },
  ];

/** A board in miniature, for the page that has no issue yet. */
export function IssuesPicture() {
  return (
    <div className="flex gap-2">
      {columns.map(({ category, cards }) => (
        <div key={category} className="flex w-20 flex-col gap-1.5">
          <CategoryIcon category={category} decorative />
          {cards.map((width) => (
            <div
              key={width}
              className="flex flex-col gap-1 rounded-tag border border-line bg-raised p-1.5"
            >
              <span className="h-1 rounded-full bg-strong-line" style={{ width }} />
              <span className="h-1 w-5 rounded-full bg-line" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
