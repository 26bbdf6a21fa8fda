import type { TerraformStack } from "cdktf";
import type { Address } from "../core/address.ts";
import { type CommandPlace, destroyCommand, releaseCommand } from "./cairn-command.ts";
import { logicalId } from "./logical-id.ts";
import type { Orphans } from "./orphans.ts";
import { templateText } from "./template-text.ts";

/** Since this version a block of a resource that is gone can say how it ends. */
const removedSince = ">= 1.9.0";

/**
 * Adds `removed` blocks for what is owned and declared no longer: a destroy provisioner that went with its resource would
 * not run. What was renamed is only forgotten by Terraform, because its object lives on under the new name.
 */
export function addRemoved(
  stack: TerraformStack,
  { ending, used, renamed }: Orphans,
  type: string,
  place: CommandPlace,
): void {
  if (ending.length + renamed.size === 0) return;
  const from = (address: Address): string => `${type}.${logicalId("owner", address)}`;
  stack.addOverride("terraform.required_version", removedSince);
  stack.addOverride("removed", [
    ...ending.map((address) => ({
      from: from(address),
      lifecycle: { destroy: true },
      provisioner: [
        {
          "local-exec": {
            when: "destroy",
            working_dir: "${path.module}",
            command: templateText((used.has(address) ? releaseCommand : destroyCommand)(address, place)),
          },
        },
      ],
    })),
    ...[...renamed.keys()].sort().map((address) => ({ from: from(address), lifecycle: { destroy: false } })),
  ]);
}
