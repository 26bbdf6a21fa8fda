import { TerraformLocal, TerraformOutput, type TerraformStack } from "cdktf";
import { logicalId } from "./logical-id.ts";
import type { StackInput } from "./stack-input.ts";
import { templateLiteral } from "./template-text.ts";

/**
 * Adds the output `ids`: the cloud's id by address, null where there is none yet. Terraform reads them from the ledger once the
 * appliers are done, so that the first apply tells them, and a second synthesis changes nothing. Where the ledger is no file,
 * or not there, it is what the ledger said when the stack was written.
 */
export function addIds(stack: TerraformStack, input: StackInput, type: string, ledger: string | undefined): void {
  const known = new Map(input.entries.map(({ address, id }) => [address, id]));
  if (ledger !== undefined) new TerraformLocal(stack, "ledger", ledgerExpression(input, type, ledger));
  const value = input.desired.map(({ address }) => {
    const id = known.get(address);
    const written = id === undefined ? "null" : templateLiteral(id);
    if (ledger === undefined) return [address, `\${${written}}`];
    return [address, `\${try(local.ledger[${templateLiteral(address)}].id, ${written})}`];
  });
  const description = "the cloud's ids by address";
  new TerraformOutput(stack, "ids", { description, value: Object.fromEntries(value) });
}

/**
 * The ledger's entries. Its path holds the first no letters of every applier's id: so the file is read behind them, and while
 * one of them is still to be made, nothing in it counts as known.
 */
function ledgerExpression({ desired }: StackInput, type: string, ledger: string): string {
  const ids = desired.map(({ address }) => `${type}.${logicalId("applier", address)}.id`);
  const after = `join("", [for id in [${ids.join(", ")}] : substr(id, 0, 0)])`;
  const path = `"\${path.module}/${templateLiteral(ledger).slice(1, -1)}\${${after}}"`;
  return `\${try(jsondecode(file(${path})).entries, {})}`;
}
