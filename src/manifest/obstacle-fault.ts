import type { Address } from "../core/address.ts";
import { type Diagnostic, fault, type Place } from "../core/errors.ts";
import { maskUrls } from "../core/mask.ts";
import type { Value } from "../core/values.ts";
import type { Interpolation } from "./interpolate.ts";
import type { Obstacle } from "./obstacle.ts";
import type { Variables } from "./variables.ts";

/** Whose value meets an obstacle, and what its places and variables are told with. */
export type ObstacleContext = {
  readonly address: Address;
  readonly variables: Variables;
  readonly placeOf: (offset: number) => Place;
};

/** Says why a value cannot be written where it stands, what the cloud has, and where to change it instead. */
export function obstacleFault({ address, variables, placeOf }: ObstacleContext, obstacle: Obstacle): Diagnostic {
  const { path, offset, wanted } = obstacle;
  const [what, help] = told(obstacle, variables, placeOf);
  const message = `${what}; the cloud has ${valueText(wanted)}`;
  return fault("E_ACCEPT", message, { place: placeOf(offset), address, field: path, help });
}

/** How a value is named in a sentence. */
function valueText(value: Value | undefined): string {
  if (value === undefined) return "nothing there";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "another list" : "another map";
  const text = maskUrls(JSON.stringify(value));
  return text.length > 80 ? "another text" : text;
}

function told(
  obstacle: Obstacle,
  variables: Variables,
  placeOf: ObstacleContext["placeOf"],
): readonly [what: string, help: string] {
  if (obstacle.type === "interpolation") {
    const { sources } = obstacle;
    const names = sources.map(interpolationText).join(" and ");
    return [`comes from ${names}`, sources.map((one) => cureOf(one, variables)).join("; ")];
  }
  const { type, anchor, origin } = obstacle;
  const at = placeText(placeOf(origin));
  switch (type) {
    case "alias":
      return [
        `comes from the anchor &${anchor}`,
        `change it at ${at} for everything that says *${anchor}, or write the value here`,
      ];
    case "merge":
      return [
        `comes by a merge key from ${anchor === "" ? "another map" : `the anchor &${anchor}`}`,
        `change it at ${at} for everything that merges it, or write the field here, which goes first`,
      ];
    default:
      return [
        `carries the anchor &${anchor}, and *${anchor} uses it elsewhere`,
        `write the value out at ${at}, then accept again`,
      ];
  }
}

function interpolationText({ source, name }: Interpolation): string {
  return `\${${source}.${name}}`;
}

function cureOf({ source, name }: Interpolation, variables: Variables): string {
  if (source === "env") return `set the environment variable ${name} where cairn runs`;
  const { given, place } = variables.get(name) ?? {};
  if (given || place === undefined) return `give another value with --var ${name}=…`;
  return `change vars.${name} at ${placeText(place)} for everything that says \${var.${name}}, or write the value here`;
}

function placeText({ file, line }: Place): string {
  return line === undefined ? file : `${file}:${line}`;
}
