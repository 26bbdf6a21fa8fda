import { type Address, splitAddress } from "./address.ts";
import { kebab } from "./name-segment.ts";

/** A value that a manifest needs and that nobody could read, or may show: where it is used, and by which name it is given. */
export type NeededValue = {
  /** `var`: a variable of cairn.yaml. `env`: an environment variable. */
  readonly source: "var" | "env";
  readonly name: string;
  readonly address: Address;
  /** The path in the spec. */
  readonly field: string;
  /** `hidden`: the cloud does not show it. `secret`: the cloud shows it, and it must not stand in a manifest. */
  readonly why: "hidden" | "secret";
  /** What the schema says of it. */
  readonly description?: string;
};

/** Collects needed values and gives each a name of its own. */
export type NeededValues = {
  /** The interpolation that stands for the value; `called` is what it is called where it stands. */
  readonly add: (needed: Omit<NeededValue, "name">, called: string) => string;
  readonly all: () => readonly NeededValue[];
};

/** Starts a collection. The same values added in the same order get the same names. */
export function neededValues(): NeededValues {
  const found = new Map<string, NeededValue>();
  return {
    add: (needed, called) => {
      const { source, address } = needed;
      const base = source === "env" ? environmentName(address, called) : variableName(address, called);
      let name = base;
      for (let number = 2; found.has(`${source}.${name}`); number += 1) name = `${base}_${number}`;
      found.set(`${source}.${name}`, { ...needed, name });
      return `\${${source}.${name}}`;
    },
    all: () => [...found.values()],
  };
}

/** `shops.media.mountTargetDomain`. */
function variableName(address: Address, called: string): string {
  return `${splitAddress(address).name}/${called}`.replace(/[^\w-]+/g, ".");
}

/** `SHOPS_MEDIA_PASSWORD`; a name that would begin with a digit gets its kind before it. */
function environmentName(address: Address, called: string): string {
  const { kind, name } = splitAddress(address);
  const text = `${name}/${capitals(called)}`;
  const whole = /^\d/.test(text) ? `${capitals(kind)}/${text}` : text;
  return whole
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, "_")
    .replace(/_$/, "");
}

function capitals(name: string): string {
  return kebab(name).toUpperCase();
}
