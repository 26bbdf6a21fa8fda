/** The services that the kinds call, each with an endpoint of its own. */
export type Service = "cce" | "apig" | "iam" | "eps";

/**
 * One operation of the vendor's API as data, names being the API's own. `path` holds `{…}` for its parameters;
 * `{project_id}` is filled in from the settings.
 */
export type Operation<Path extends string = string, Name extends string = string> = {
  readonly name: string;
  readonly service: Service;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: Path;
  /** True where the call changes something: its failures are told apart by whether it may have been done. */
  readonly mutating: boolean;
  /** Parameters that travel in the query. */
  readonly query?: readonly Name[];
  /** Parameters that an endpoint may have in its host name, and that travel nowhere else. */
  readonly host?: readonly Name[];
  /**
   * False where the answer's body says nothing, or differs from one document to the next: it is not read then. `perhaps`
   * gives it if it is a record.
   */
  readonly answers: boolean | "perhaps";
};

type Placeholders<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters of an operation: those of its path are required, an undefined one of its query is not sent. */
export type Params<Path extends string, Name extends string> = {
  readonly [P in Exclude<Placeholders<Path>, "project_id">]: string;
} & { readonly [P in Name]?: string | number | undefined };

/** Defines an operation; its parameter names become part of its type, so that a misspelt one does not compile. */
export function defineOperation<const Path extends string, const Name extends string = never>(
  operation: Operation<Path, Name>,
): Operation<Path, Name> {
  return operation;
}
