import type { Fields } from "./values.ts";

/** What a view is asked about. */
export type ViewArgument = {
  readonly name: string;
  readonly meaning: string;
  /** The call's parameter that gets its value. */
  readonly parameter: string;
  /** The kind whose object it is: given by name or id; left out it means each of them in turn. */
  readonly kind?: string;
  /** Further parameters of the call, by the path in the object's scope that has their value. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The field of specs whose values in the project it means where it is left out. */
  readonly field?: string;
};

/** Something of a cloud's that may be looked at and is no kind: declared by a provider, shown by `get`. */
export type View = {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly ViewArgument[];
  /** The vendor's action that is asked. */
  readonly action: string;
  /** The fields of a row that a table shows, as paths. */
  readonly columns: readonly string[];
  /** A field that holds lines of text, to be shown below its row. */
  readonly lines?: string;
  /** Its texts are what programs print: secrets may stand anywhere in a line. */
  readonly isLog?: true;
};

/** The views of a provider. */
export type Views = {
  readonly all: readonly View[];
  /** Every row, pages followed to their end, over the API that the provider's `connect` gave. Throws what the client throws. */
  read(api: unknown, view: string, params: Readonly<Record<string, string>>): Promise<readonly Fields[]>;
};
