import { Avatar } from "../ui/avatar.tsx";

const samples = ["ada", "lin", "otto", "mei"] as const;

/** A few glyphs, as agents will look. */
export function AgentsPicture() {
  return (
    <span className="flex gap-1.5">
      {samples.map((name) => (
        <Avatar key={name} actor={{ type: "agent", id: name, name }} size={28} decorative />
      ))}
    </span>
  );
}
