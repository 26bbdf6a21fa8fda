/** What was written, and how. `empty` is a value of which nothing is written. */
export type Form = "plain" | "single" | "double" | "literal" | "folded" | "empty" | "alias" | "map" | "list";

/**
 * One value of a document as its text has it, with where it begins and ends: what an edit needs to leave every other byte alone.
 * Offsets are UTF-16 units in the document's text.
 */
export type Laid = {
  readonly form: Form;
  /** Where the value may begin: behind its `:` or `-`, before anchor and tag. */
  readonly slot: number;
  /** Where it begins: at its quote, block header, bracket or first character, behind anchor and tag. */
  readonly start: number;
  /** Behind its last character, without the line break that ends it. */
  readonly end: number;
  /** The text of a scalar. */
  readonly text: string;
  /** The column of a block scalar's content. */
  readonly indent: number;
  /** Written in brackets, or without lines of their own for its parts. */
  readonly flow: boolean;
  /** The fields of a map, merge keys among them. */
  readonly entries: readonly LaidEntry[];
  readonly items: readonly Laid[];
  /** Where the `-` of a list's element stands; `start` for every other value. */
  readonly dash: number;
  /** The name of its anchor, or that which an alias refers to. */
  readonly anchor: string | undefined;
  /** For an alias, where what it refers to is written. */
  readonly target: Laid | undefined;
  /** Offsets of the aliases that refer to it. */
  readonly users: readonly number[];
};

/** A field of a map as written. */
export type LaidEntry = { readonly key: Laid; readonly value: Laid };
