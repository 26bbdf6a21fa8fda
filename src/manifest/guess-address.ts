import { type Address, address } from "../core/address.ts";

/**
 * The address that a document which is no valid YAML most likely has, so that references to it do not count as dangling
 * too: what stands behind `kind` and, in the block of `metadata`, behind `name`.
 */
export function guessAddress(text: string): Address | undefined {
  const blocks = text.split(/(?<=[\r\n])(?=[^\s#])/);
  const block = (name: string) => blocks.find((one) => one.startsWith(`${name}:`)) ?? "";
  const [, kind] = /^kind:\s*["']?([\w-]+)/.exec(block("kind")) ?? [];
  const [, name] = /\bname:\s*["']?([\w./-]+)/.exec(block("metadata")) ?? [];
  return kind === undefined || name === undefined ? undefined : address(kind, name);
}
