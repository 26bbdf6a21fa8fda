import { mkdirSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { App } from "cdktf";
import type { Address } from "../core/address.ts";
import { failure } from "../core/errors.ts";
import { looksSecret } from "../core/mask.ts";
import { seal } from "../core/seal.ts";
import { canonicalText } from "../core/values.ts";
import { addStack } from "./add-stack.ts";
import { openEngine } from "./engine.ts";
import { type Orphans, orphansOf } from "./orphans.ts";
import { specDigests } from "./spec-digest.ts";
import { type StackInput, type StackPaths, type StackSettings, stackName } from "./stack-input.ts";

/** What was written for one project and stack. */
export type SynthesisedStack = Orphans & { readonly name: string; readonly file: string };

/**
 * Writes the Terraform stacks: `<outdir>/stacks/<name>/cdk.tf.json` each, and `<outdir>/manifest.json` for the cdktf CLI. Equal
 * inputs give equal bytes, and no path in them is absolute. Starts no process. `E_SECRET` where a variable that the commands
 * need must not stand in them.
 */
export async function synthStacks(
  inputs: readonly StackInput[],
  settings: StackSettings,
): Promise<readonly SynthesisedStack[]> {
  const { outdir, context, backend } = settings;
  const digests = inputs.map(digestsOf);
  mkdirSync(outdir, { recursive: true });
  // The validation of terraform_data would start Terraform once for every resource.
  const app = new App({ outdir, context: { ...context }, skipValidation: true, stackTraces: false });
  const engine = await openEngine(settings.engine);
  const written = inputs.map((input, index): SynthesisedStack => {
    const orphans = orphansOf(input);
    const name = stackName(input);
    const parts = { engine, orphans, backend, digests: digests[index] ?? new Map(), paths: pathsOf(input, outdir) };
    addStack(app, input, parts);
    return { name, file: join(outdir, "stacks", name, "cdk.tf.json"), ...orphans };
  });
  app.synth();
  return written;
}

/**
 * Secrets are sealed by scrypt, salted by project and stack: the salt has to be the same before there is a ledger and after,
 * because a digest that changes by itself would apply everything anew.
 */
function digestsOf({ project, stack, desired, kinds, vars }: StackInput): ReadonlyMap<Address, string> {
  const salt = canonicalText(["cairn synth", project, stack ?? null]);
  const secrets = new Set<string>();
  const digests = specDigests(desired, kinds, (secret) => {
    secrets.add(typeof secret === "string" ? secret : canonicalText(secret));
    return seal(secret, salt);
  });
  const told = Object.entries(vars).find(([name, value]) => looksSecret(name) || secrets.has(value));
  if (told === undefined) return digests;
  throw failure("E_SECRET", `--var ${told[0]} is a secret, and would stand in the commands of the stack in clear`, {
    help: "write ${env.NAME} where the manifests need it",
  });
}

function pathsOf(input: StackInput, outdir: string): StackPaths {
  const folder = join(outdir, "stacks", stackName(input));
  mkdirSync(folder, { recursive: true });
  // Through links `..` would lead elsewhere.
  const from = realpathSync(folder);
  const root = realpathSync(input.root);
  const towards = (path: string): string => {
    const way = relative(from, resolve(root, path)).split(sep).join("/");
    return way.startsWith("..") ? way : `./${way}`;
  };
  const { ledgerFile } = input;
  return {
    project: towards("."),
    state: towards(`terraform.${stackName(input)}.tfstate`),
    ...(ledgerFile === undefined ? {} : { ledger: towards(ledgerFile) }),
  };
}
