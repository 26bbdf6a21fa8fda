import type { Live, Scope } from "./kind.ts";

/** One live object, whoever owns it; its references are ids. */
export type LiveObject = {
  readonly kind: string;
  /** The alias of the provider in whose cloud it lives. */
  readonly provider: string;
  readonly scope: Scope;
  readonly live: Live;
};
