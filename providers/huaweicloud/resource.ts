import type { z } from "zod";
import { defineKind, type Kind, type KindDefinition } from "../../src/core/kind.ts";
import type { HuaweiCloud } from "./client.ts";
import type { Operation } from "./operation.ts";

/** The operations that a kind calls, each where it serves; `further` ones are called beside those. */
export type Calls = {
  readonly list: Operation;
  readonly read?: Operation;
  readonly create: Operation;
  readonly update?: readonly Operation[];
  readonly remove?: Operation;
  readonly further?: readonly Operation[];
};

/** A kind of Huawei Cloud: it brings the operations that it calls along, so that a new kind needs no other file. */
export type HuaweiKind = Kind & { readonly calls: Calls };

type Definition<S extends z.ZodObject> = Omit<KindDefinition<S, HuaweiCloud>, "actions"> & { readonly calls: Calls };

/** Defines a kind of Huawei Cloud. */
export function defineResource<S extends z.ZodObject>(definition: Definition<S>): HuaweiKind & { readonly spec: S } {
  const { calls, ...rest } = definition;
  const { list, read, create, update, remove } = calls;
  const actions = {
    list: list.name,
    create: create.name,
    ...(read === undefined ? {} : { read: read.name }),
    ...(update === undefined ? {} : { update: update.map(({ name }) => name) }),
    ...(remove === undefined ? {} : { remove: remove.name }),
  };
  return { ...defineKind<S, HuaweiCloud>({ ...rest, actions }), calls };
}
