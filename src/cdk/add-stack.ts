import { type App, LocalBackend, type TerraformStack } from "cdktf";
import type { Address } from "../core/address.ts";
import { addIds } from "./add-ids.ts";
import { addRemoved } from "./add-removed.ts";
import { applyCommand, type CommandPlace, destroyCommand } from "./cairn-command.ts";
import type { OpenEngine } from "./engine.ts";
import { logicalId, type Role } from "./logical-id.ts";
import type { Orphans } from "./orphans.ts";
import { PlainStack } from "./plain-stack.ts";
import { type StackInput, type StackPaths, type StackSettings, stackName } from "./stack-input.ts";
import { templateText } from "./template-text.ts";

/** What a Terraform stack needs beside its input. */
export type StackParts = {
  readonly engine: OpenEngine;
  readonly paths: StackPaths;
  /** By address: another digest means that there is something to apply. */
  readonly digests: ReadonlyMap<Address, string>;
  readonly orphans: Orphans;
  readonly backend: StackSettings["backend"];
};

/**
 * Adds the Terraform stack of one project and stack to an app: per manifest an owner, whose end deletes, and an applier, whose
 * replacement applies; `removed` blocks for what is owned and declared no longer; the ids as an output.
 */
export function addStack(app: App, input: StackInput, parts: StackParts): TerraformStack {
  const { engine, paths, backend } = parts;
  const stack = new PlainStack(app, stackName(input));
  if (backend === undefined) new LocalBackend(stack, { path: templateText(paths.state) });
  else stack.addOverride("terraform.backend", backend);
  engine.prepare(stack);
  const place: CommandPlace = {
    project: paths.project,
    vars: input.vars,
    ...(input.stack === undefined ? {} : { stack: input.stack }),
  };
  addResources(stack, input, parts, place);
  addIds(stack, input, engine.type, paths.ledger);
  addRemoved(stack, parts.orphans, engine.type, place);
  return stack;
}

function addResources(stack: PlainStack, input: StackInput, { engine, digests }: StackParts, place: CommandPlace) {
  const needs = new Map<Address, Address[]>();
  for (const { from, to } of input.edges) needs.set(from, [...(needs.get(from) ?? []), to]);
  for (const { address } of input.desired) {
    const named = (role: Role) => (one: Address) => `${engine.type}.${logicalId(role, one)}`;
    const others = needs.get(address) ?? [];
    engine.add(stack, {
      id: logicalId("owner", address),
      // Nothing else: what replaces an owner deletes in the cloud.
      triggers: { address },
      command: templateText(destroyCommand(address, place)),
      when: "destroy",
      // What needs others is deleted before them.
      dependsOn: others.map(named("owner")),
    });
    engine.add(stack, {
      id: logicalId("applier", address),
      triggers: { address, digest: digests.get(address) ?? "" },
      command: templateText(applyCommand(address, place)),
      when: "create",
      dependsOn: [named("owner")(address), ...others.map(named("applier"))],
    });
  }
}
