type UnbrokenWordsProps = { readonly text: string };

/** A line that ends between words, never behind the hyphens of a flag; only a word longer than a line is cut. */
export function UnbrokenWords({ text }: UnbrokenWordsProps) {
  return text.split(/( +)/).map((part, index) =>
    part.startsWith(" ") ? (
      part
    ) : (
      <span key={index} className="inline-block max-w-full wrap-anywhere">
        {part}
      </span>
    ),
  );
}
