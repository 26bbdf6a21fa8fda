import type { z } from "zod";
import { type Diagnostic, type ErrorCode, fault, type Place } from "../core/errors.ts";
import { looksSecret } from "../core/mask.ts";
import type { Interpolated } from "./interpolate.ts";
import { actual, type YamlNode } from "./yaml-node.ts";
import { isAmbiguous } from "./yaml-scalar.ts";

/** A value as it was written. `borrowed` ones were written elsewhere: they count as standing where they are used. */
export type Spot = {
  readonly node: YamlNode;
  readonly borrowed: boolean;
  readonly place: Place;
  /** Where the value stands in what is expanded, joined by dots; `name` is its last part. */
  readonly path: string;
  readonly name: string;
  /** What the value may have to fit. */
  readonly schemas: readonly z.ZodType[];
  /** The value, or something around it, is secret. */
  readonly secret: boolean;
  /** The value is part of a Kubernetes object. */
  readonly yaml: boolean;
};

/** A fault at a spot. */
export function spotFault({ place, path }: Spot, code: ErrorCode, message: string): Diagnostic {
  return fault(code, message, { place, field: path });
}

/** The fault of a plain scalar in a Kubernetes object that YAML's versions read differently. */
export function checkPlain(spot: Spot, node: YamlNode): Diagnostic[] {
  const { plain } = actual(node);
  if (!spot.yaml || plain === undefined || !isAmbiguous(plain)) return [];
  const shown = spot.secret || looksSecret(spot.name) ? "this value" : plain;
  const message = `${shown} means one thing in YAML 1.1, which clusters read, and another in YAML 1.2; quote it, or write the number or boolean that you mean`;
  return [spotFault(spot, "E_YAML", message)];
}

/** The fault of a secret that stands in a manifest in clear; a warning where it stands in cairn.yaml. */
export function checkSecret(spot: Spot, { value, env, given, variables, problems }: Interpolated): Diagnostic[] {
  const isOutside = env.length + given.length + problems.length > 0;
  if (!spot.secret || isOutside || value === null || value === "") return [];
  const cure = "write ${env.NAME} or { $file: path }, and keep the value out of git";
  if (variables.length === 0) {
    return [spotFault(spot, "E_SECRET", `a secret must not stand in a manifest in clear; ${cure}`)];
  }
  const names = variables.map((name) => `"${name}"`).join(", ");
  const message = `this secret is the variable ${names}, which stands in cairn.yaml in clear; ${cure}`;
  return [{ ...spotFault(spot, "E_SECRET", message), severity: "warning" }];
}
