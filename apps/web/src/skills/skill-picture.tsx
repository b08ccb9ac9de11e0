import { FileCode, FileText } from "lucide-react";

const lines = ["w-14", "w-20", "w-16"] as const;

/** A skill in small: its document, and a script beside it. */
export function SkillPicture() {
  return (
    <span className="flex items-end gap-1.5 text-faint">
      <span className="flex h-16 w-24 flex-col gap-1.5 rounded-control border border-line bg-raised p-2">
        <FileText size={12} className="text-accent-ink" />
        {lines.map((width) => (
          <span key={width} className={`h-1 rounded-full bg-pressed ${width}`} />
        ))}
      </span>
      <span className="flex h-10 w-12 flex-col gap-1.5 rounded-control border border-line bg-raised p-1.5">
        <FileCode size={12} />
        <span className="h-1 w-8 rounded-full bg-pressed" />
      </span>
    </span>
  );
}
