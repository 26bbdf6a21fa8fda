import type { Address } from "../core/address.ts";
import type { Change, FieldChange, Operation, Plan } from "../core/change.ts";
import type { Diagnostic } from "../core/errors.ts";
import type { RefusedChange } from "../core/rest-of-plan.ts";
import type { Value } from "../core/values.ts";
import { diagnosticDocument } from "./diagnostic-json.ts";
import { resourceAddress } from "./resource-address.ts";
import { shownField } from "./shown-field.ts";
import { sourceText } from "./source-text.ts";

/** One difference, for machines: values masked, secrets and what is not known yet left out. */
type FieldDocument = Omit<FieldChange, "before" | "after"> & { readonly before?: Value; readonly after?: Value };

/** What cairn knows of one change beyond Terraform's words. */
type ChangeDocument = Pick<Change, "address" | "action" | "reason" | "disruption" | "provider"> & {
  /** The entry of `resource_changes` that this belongs to. */
  readonly resource: string;
  readonly adopts?: true;
  readonly previousAddress?: Address;
  readonly id?: string;
  /** `file:line` of the manifest. */
  readonly source?: string;
  readonly fields: readonly FieldDocument[];
  /** Fields that are taken as declared, because the cloud never shows them and nothing is known of them. */
  readonly assumed?: readonly string[];
  /** Why nothing is done about the fields. */
  readonly held?: string;
  readonly replace?: Change["replace"];
  /** The place of its first operation in the order of apply, from 1; absent where apply does nothing for it. */
  readonly order?: number;
};

/** The one key under which everything stands that Terraform's format has no place for. */
export type CairnSection = {
  readonly version: string;
  readonly project: string;
  readonly stack?: string;
  readonly destroy: boolean;
  /** The revision that the classes of fields refer to, where one was named. */
  readonly base?: Plan["base"];
  readonly changes: readonly ChangeDocument[];
  readonly operations: readonly Operation[];
  readonly calls: Readonly<Record<string, number>>;
  readonly left: readonly Address[];
  readonly refusals: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
  readonly warnings: readonly Diagnostic[];
  readonly fingerprints?: Readonly<Record<Address, string>>;
  /** In the apply of a saved plan: the changes that may not be made any more. */
  readonly refused?: readonly RefusedChange[];
};

/** Builds the `cairn` key of a plan document. */
export function cairnSection(
  plan: Plan,
  options: { readonly cairnVersion: string; readonly fingerprints?: Readonly<Record<Address, string>> },
): CairnSection {
  const { project, stack, destroy, base, operations, calls, left } = plan;
  const order = new Map<string, number>();
  operations.forEach(({ address }, index) => {
    if (!order.has(address)) order.set(address, index + 1);
  });
  return {
    version: options.cairnVersion,
    project,
    ...(stack === undefined ? {} : { stack }),
    destroy,
    ...(base === undefined ? {} : { base }),
    changes: plan.changes.map((change) => changeDocument(change, order.get(change.address))),
    operations,
    calls,
    left,
    refusals: plan.refusals.map(diagnosticDocument),
    errors: plan.errors.map(diagnosticDocument),
    warnings: plan.warnings.map(diagnosticDocument),
    ...(options.fingerprints === undefined ? {} : { fingerprints: options.fingerprints }),
  };
}

function changeDocument(change: Change, order: number | undefined): ChangeDocument {
  const { address, action, reason, disruption, provider, adopts, previousAddress, id, source, assumed, replace, held } =
    change;
  return {
    address,
    resource: resourceAddress(change).address,
    action,
    ...(adopts === undefined ? {} : { adopts }),
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...(id === undefined ? {} : { id }),
    provider,
    ...(source === undefined ? {} : { source: sourceText(source) }),
    reason,
    disruption,
    fields: change.fields.map(fieldDocument),
    ...(assumed === undefined ? {} : { assumed }),
    ...(held === undefined ? {} : { held }),
    ...(replace === undefined ? {} : { replace }),
    ...(order === undefined ? {} : { order }),
  };
}

function fieldDocument(change: FieldChange): FieldDocument {
  const { before: _before, after: _after, ...rest } = change;
  const { before, after, secret } = shownField(change);
  return {
    ...rest,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(secret ? { secret: true } : {}),
  };
}
