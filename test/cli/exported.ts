import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { keys, type Shop } from "./shop.ts";

/** A value that an export asks for. */
export type Supply = {
  readonly source: "env" | "var";
  readonly name: string;
  readonly why: "credentials" | "hidden" | "secret";
  readonly address?: string;
  readonly field?: string;
};

/** What `cairn export --format json` says. */
export type Told = {
  readonly out: string;
  readonly files: readonly { readonly file: string; readonly manifests: number }[];
  readonly objects: Readonly<Record<string, number>>;
  readonly supply: readonly Supply[];
  readonly not_shown: Readonly<Record<string, readonly string[]>>;
  readonly left_out: {
    readonly fields: readonly { readonly address: string; readonly field: string; readonly message: string }[];
    readonly objects: readonly { readonly kind: string; readonly id: string; readonly message: string }[];
  };
};

/** Exports to a folder in the project; fails where that fails. */
export async function exported(at: Pick<Shop, "cairn">, words = ""): Promise<Told> {
  const ran = await at.cairn(`export --out new --format json ${words}`.trim());
  expect(ran.stderr).not.toContain("error[");
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout) as Told;
}

/** The files of an exported project by their paths in it. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, "utf8")]));
}

/** Writes the variables to the exported cairn.yaml as its comments ask for, and returns the environment. Values are YAML. */
export function supply(
  at: Pick<Shop, "edit">,
  told: Told,
  valueFor: (one: Supply) => string,
): Readonly<Record<string, string>> {
  const variables = told.supply.filter(({ source }) => source === "var");
  if (variables.length > 0) at.edit("new/cairn.yaml", "\n# vars:\n", "\nvars:\n");
  for (const one of variables)
    at.edit("new/cairn.yaml", `\n#   ${one.name}:  #`, `\n  ${one.name}: ${valueFor(one)}  #`);
  const secrets = told.supply.filter(({ source }) => source === "env");
  return Object.fromEntries(
    secrets.map((one) => [one.name, one.why === "credentials" ? credentialOf(one.name) : valueFor(one)]),
  );
}

function credentialOf(name: string): string {
  const own = Object.entries(keys).find(([key]) => key === name)?.[1];
  if (own !== undefined) return own;
  if (name.endsWith("PASSWORD")) return "cairn-password";
  return name.endsWith("ACCESS_KEY") || name.endsWith("ACCESS_KEY_ID") ? "cairn" : "cairn-secret";
}
