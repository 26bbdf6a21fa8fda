import type { z } from "zod";
import type { Address } from "../core/address.ts";
import type { Metadata } from "../manifest/manifest-schema.ts";
import type { Resource } from "./resource.ts";

/** A variable of cairn.yaml or of the environment, as in YAML: `${var.replicas}`, `${env.PASSWORD}`. */
export type Interpolation = `\${${"var" | "env"}.${string}}`;

/** The text of a file of the project. */
export type FromFile = { readonly $file: string };

/** The part of a field's type that only references have. */
type Lookup<T> = Extract<T, { lookup: Record<string, unknown> }>;

/** The kind that a field refers to; never for one that is no reference. */
type TargetOf<T> = [Lookup<T>] extends [never]
  ? never
  : Lookup<T> extends { readonly "~kind"?: infer K extends string }
    ? K
    : never;

/** What may be written for a value of a manifest: the value, something that is looked up, or the construct that is referred to. */
type Written<T> = Interpolation | ([TargetOf<T>] extends [never] ? Plain<T> : T | Resource<TargetOf<T>>);

type Plain<T> = T extends string
  ? T | FromFile
  : T extends readonly (infer Element)[]
    ? readonly Written<Element>[]
    : T extends object
      ? string extends keyof T
        ? T
        : { readonly [Field in keyof T]: Written<T[Field]> }
      : T;

/** A field's name; never for the names at large that a kind of any spec may have. */
type Named<Field> = string extends Field ? never : Field;

/**
 * What a construct of a kind takes, inferred from the kind's own schema. `Naming` is the field that defaults to the last part
 * of the name.
 */
export type SpecOf<K extends { readonly spec: z.ZodObject }, Naming extends string = never> = {
  readonly [Field in keyof z.input<K["spec"]> as Exclude<Named<Field>, Naming>]: Written<z.input<K["spec"]>[Field]>;
} & {
  readonly [Field in keyof z.input<K["spec"]> as Extract<Named<Field>, Naming>]?: Written<z.input<K["spec"]>[Field]>;
};

/** What stands beside the spec. */
export type ResourceMetadata = Omit<Metadata, "name" | "dependsOn"> & {
  /** The manifest's name, where it is not to be the path of the construct. */
  readonly name?: string;
  readonly dependsOn?: readonly (Resource | Address)[];
};
