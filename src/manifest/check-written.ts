import { type Diagnostic, type ErrorCode, fault } from "../core/errors.ts";
import { looksSecret } from "../core/mask.ts";
import type { Value } from "../core/values.ts";
import type { Interpolated } from "./interpolate.ts";
import type { Shape } from "./shape.ts";
import { actual, placeOfNode, type YamlNode } from "./yaml-node.ts";
import { isAmbiguous } from "./yaml-scalar.ts";

/** A value as it was written. */
export type Spot = {
  readonly node: YamlNode;
  /** The node whose place counts: of a `borrowed` value, which was written elsewhere, where it is used. */
  readonly at: YamlNode;
  readonly borrowed: boolean;
  /** Where the value stands in what is expanded, joined by dots; `name` is its last part. */
  readonly path: string;
  readonly name: string;
  /** What the value has to fit. */
  readonly shape: Shape;
  /** The value, or something around it, is secret. */
  readonly secret: boolean;
  /** The value is part of a Kubernetes object. */
  readonly yaml: boolean;
};

/** A fault at a spot. */
export function spotFault({ at, path }: Spot, code: ErrorCode, message: string): Diagnostic {
  return fault(code, message, { place: placeOfNode(at), field: path });
}

/** The fault of a plain scalar in a Kubernetes object that YAML's versions read differently. */
export function checkPlain(spot: Spot, node: YamlNode): Diagnostic[] {
  const { plain } = actual(node);
  if (plain === undefined || !isAmbiguous(plain)) return [];
  const shown = spot.secret || looksSecret(spot.name) ? "this value" : plain;
  const message = `${shown} means one thing in YAML 1.1, which clusters read, and another in YAML 1.2; quote it, or write the number or boolean that you mean`;
  return [spotFault(spot, "E_YAML", message)];
}

/** The fault of an id that is a number, but does not look like one. */
export function checkDigits(spot: Spot, node: YamlNode, value: Value): Diagnostic[] {
  const { plain } = actual(node);
  if (typeof value !== "number" || !Number.isSafeInteger(value) || plain === undefined) return [];
  if (plain === String(value)) return [];
  return [spotFault(spot, "E_FIELD", `${plain} is read as the number ${value}; write "${plain}" if that is the id`)];
}

/** The fault of a secret that stands in a manifest in clear; a warning where it stands in cairn.yaml. */
export function checkSecret(spot: Spot, { value, env, given, variables, problems }: Interpolated): Diagnostic[] {
  const isOutside = env.length + given.length + problems.length > 0;
  if (isOutside || value === null || value === "") return [];
  const cure = "write ${env.NAME} or { $file: path }, and keep the value out of git";
  if (variables.length === 0) {
    return [spotFault(spot, "E_SECRET", `a secret must not stand in a manifest in clear; ${cure}`)];
  }
  const names = variables.map((name) => `"${name}"`).join(", ");
  const message = `this secret is the variable ${names}, which stands in cairn.yaml in clear; ${cure}`;
  return [{ ...spotFault(spot, "E_SECRET", message), severity: "warning" }];
}
