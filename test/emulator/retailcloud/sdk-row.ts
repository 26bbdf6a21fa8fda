/** A call through the vendor's SDK: what it is given, which parameter it must have, and what it answers. */
export type SdkRow = {
  readonly action: string;
  readonly valid: Readonly<Record<string, unknown>>;
  /** A required parameter, in the SDK's spelling; undefined where the action requires none. */
  readonly required?: string;
  /** Where the body of the answer holds what, in the SDK's spelling; a pattern stands for any text that it matches. */
  readonly answers: Readonly<Record<string, unknown>>;
};
