import { createHash } from "node:crypto";

/** An IPv4 address behind the first two numbers given, the same for the same name. Nothing listens there. */
export function madeUpAddress(prefix: string, name: string): string {
  const [third = 0, fourth = 0] = createHash("sha256").update(name).digest();
  return `${prefix}.${third}.${1 + (fourth % 254)}`;
}
