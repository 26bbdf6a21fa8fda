import type { Desired } from "../core/desired.ts";
import type { Kinds } from "../core/kind.ts";
import type { Cloud } from "../core/ledger.ts";
import type { Guards } from "../core/plan-input.ts";
import type { Provider } from "../core/provider.ts";
import type { Fields } from "../core/values.ts";
import type { LedgerSettings } from "../manifest/choose-ledger.ts";
import type { Variables } from "../manifest/variables.ts";

/** A project and stack as configured, and what it wants. */
export type Project = {
  /** The project folder. */
  readonly root: string;
  readonly name: string;
  readonly stack?: string;
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  /** The cloud behind each provider alias. */
  readonly clouds: ReadonlyMap<string, Cloud>;
  /** The provider and settings of an alias, and which settings come from the environment. */
  readonly providerOf: (alias: string) => {
    readonly provider: Provider;
    readonly settings: Fields;
    readonly sources: Readonly<Record<string, string>>;
  };
  readonly guards: Guards;
  readonly adopt: "auto" | "never";
  readonly pace: number;
  readonly ledger: LedgerSettings;
  /** What `${var.x}` stands for. */
  readonly variables: Variables;
};
