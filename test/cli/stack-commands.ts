import { join } from "node:path";
import type { Shop } from "./shop.ts";

type Provisioned = { readonly provisioner: readonly { readonly "local-exec": { readonly command: string } }[] };

/** A Terraform stack as its JSON has it. */
export type StackJson = {
  readonly resource?: Readonly<
    Record<string, Readonly<Record<string, Provisioned & { readonly depends_on?: string[] }>>>
  >;
  readonly removed?: readonly (Partial<Provisioned> & {
    readonly from: string;
    readonly lifecycle: { readonly destroy: boolean };
  })[];
  readonly output: { readonly ids: { readonly value: Readonly<Record<string, string>> } };
  readonly locals?: { readonly ledger: string };
  readonly terraform: {
    readonly required_version?: string;
    readonly backend: object;
    readonly required_providers?: object;
  };
};

/** The stack that a synthesis wrote. */
export function stackIn(shop: Shop, name = "shop", outdir = "cdktf.out"): StackJson {
  return JSON.parse(shop.read(join(outdir, "stacks", name, "cdk.tf.json"))) as StackJson;
}

/** The command of a resource or a removed block. */
export function commandOf({ provisioner = [] }: Partial<Provisioned>): string {
  return provisioner[0]?.["local-exec"].command ?? "";
}

/** The commands of all resources of one role, by address; in the order of Terraform when it takes one at a time. */
export function commandsOf(stack: StackJson, role: "owner" | "applier"): ReadonlyMap<string, string> {
  const resources = Object.entries(Object.values(stack.resource ?? {})[0] ?? {}).filter(([id]) => id.startsWith(role));
  const done = new Map<string, string>();
  const left = new Map(resources);
  while (left.size > 0) {
    const [id, found] =
      [...left].find(([, { depends_on = [] }]) => !depends_on.some((one) => left.has(one.split(".")[1] ?? ""))) ?? [];
    if (id === undefined || found === undefined) throw new Error("the resources depend on each other");
    const command = commandOf(found);
    done.set(/--target (\S+)/.exec(command)?.[1] ?? "", command);
    left.delete(id);
  }
  return done;
}

/** Runs a command of a stack as Terraform would, in the stack's folder; none of its words are quoted. */
export async function perform(shop: Shop, command: string, name = "shop"): Promise<void> {
  const cwd = join(shop.folder, "cdktf.out", "stacks", name);
  const { code, stderr } = await shop.cairn(command.replace(/^cairn /, ""), { cwd });
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr}`);
}
