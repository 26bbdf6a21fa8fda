import type { Address } from "../core/address.ts";
import type { Desired } from "../core/desired.ts";
import type { Kinds } from "../core/kind.ts";
import type { Entry } from "../core/ledger.ts";

/** What a Terraform stack is made of: `null_resource`, which needs a provider, or `terraform_data`, which is built in. */
export type Engine = "null" | "data";

/** One project and stack of cairn's, as a Terraform stack is made from it. */
export type StackInput = {
  readonly project: string;
  /** The stack of cairn.yaml, where it has stacks. */
  readonly stack?: string;
  readonly kinds: Kinds;
  readonly desired: readonly Desired[];
  /** What is needed before what: `from` needs `to`. */
  readonly edges: readonly { readonly from: Address; readonly to: Address }[];
  /** What is owned now. */
  readonly entries: readonly Entry[];
  /** `--var`, as written. */
  readonly vars: Readonly<Record<string, string>>;
  /** The project folder, absolute. */
  readonly root: string;
  /** Where the ledger is a file: its path, absolute or seen from the project folder. */
  readonly ledgerFile?: string;
};

/** How stacks are written. */
export type StackSettings = {
  readonly engine: Engine;
  /** The folder that `manifest.json` and `stacks/` go to, absolute. */
  readonly outdir: string;
  /** The context of cdktf.json: for whatever reads it in the construct tree. */
  readonly context: Readonly<Record<string, unknown>>;
  /** `terraform.backend` as Terraform's JSON has it; without it the state is a file in the project folder. */
  readonly backend?: Readonly<Record<string, unknown>>;
};

/** Paths as they are seen from the folder of the Terraform stack. */
export type StackPaths = { readonly project: string; readonly state: string; readonly ledger?: string };

/** The name of the Terraform stack. */
export function stackName({ project, stack }: Pick<StackInput, "project" | "stack">): string {
  return stack ?? project;
}
