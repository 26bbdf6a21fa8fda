import type { z } from "zod";
import { defineKind, type Kind, type KindDefinition } from "../../src/core/kind.ts";
import type { Action } from "./action.ts";
import type { RetailCloud } from "./client.ts";

/** The actions that a kind calls, each where it serves. */
type Calls = {
  readonly list: Action;
  readonly read?: Action;
  readonly create: Action;
  readonly update?: readonly Action[];
  readonly remove?: Action;
  readonly resume?: Action;
  /** Actions that serve on the way: looks, and steps of one that is named above. */
  readonly also?: readonly Action[];
};

/** A kind of RetailCloud: it brings the actions that it calls along, so that a new kind needs no other file. */
export type RetailKind = Kind & { readonly calls: Calls };

type Definition<S extends z.ZodObject> = Omit<KindDefinition<S, RetailCloud>, "actions" | "apiVersion"> & {
  readonly calls: Calls;
};

/** Defines a kind of RetailCloud. */
export function defineResource<S extends z.ZodObject>(definition: Definition<S>): RetailKind & { readonly spec: S } {
  const { calls, ...rest } = definition;
  const { list, read, create, update, remove, resume } = calls;
  const actions = {
    list: list.name,
    create: create.name,
    ...(read === undefined ? {} : { read: read.name }),
    ...(update === undefined ? {} : { update: update.map(({ name }) => name) }),
    ...(remove === undefined ? {} : { remove: remove.name }),
    ...(resume === undefined ? {} : { resume: resume.name }),
  };
  return { ...defineKind<S, RetailCloud>({ ...rest, apiVersion: "retailcloud/v1", actions }), calls };
}
