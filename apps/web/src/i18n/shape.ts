/**
 * What another language has to provide for a catalogue: the same keys; a text stays a text; a text
 * with parameters keeps exactly its parameters.
 */
export type Shape<Catalogue> = {
  readonly [Key in keyof Catalogue]: Catalogue[Key] extends (parameters: infer Parameters) => string
    ? (parameters: Parameters) => string
    : Catalogue[Key] extends string
      ? string
      : Shape<Catalogue[Key]>;
};
