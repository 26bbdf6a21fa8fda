import { z } from "zod";
import { defineKind, type Kind, type Kinds } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { immutable, numberOrRange, secret, subset, unordered, writeOnly, yaml } from "../../src/core/traits.ts";

/** A kind of which only the spec matters: rendering never calls a cloud. */
function shownKind(kind: string, spec: z.ZodObject): Kind {
  return defineKind({
    kind,
    apiVersion: "test/v1",
    description: `a ${kind}`,
    spec,
    scope: [],
    identity: () => "",
    actions: { list: `List${kind}`, create: `Create${kind}` },
    list: async () => [],
    create: async () => ({ id: "1" }),
  });
}

const kubernetesObject = z.record(z.string(), z.unknown());

const all: readonly Kind[] = [
  shownKind(
    "App",
    z.strictObject({ title: z.string(), description: z.string().optional(), homepage: z.string().optional() }),
  ),
  shownKind(
    "DeployConfig",
    z.strictObject({
      app: reference("App"),
      name: z.string(),
      codePath: z.string().optional(),
      deployment: subset(yaml(kubernetesObject)).optional(),
      secrets: yaml(
        z.array(z.strictObject({ metadata: z.looseObject({}), stringData: z.record(z.string(), secret(z.string())) })),
      ).optional(),
    }),
  ),
  shownKind(
    "Environment",
    z.strictObject({
      app: reference("App"),
      deployConfig: reference("DeployConfig"),
      envName: z.string(),
      envType: immutable(z.enum(["test", "online"])),
      replicas: numberOrRange(),
    }),
  ),
  shownKind(
    "SlbAP",
    z.strictObject({ environment: reference("Environment"), name: z.string(), listenerPort: z.int() }),
  ),
  shownKind(
    "RdsAccount",
    z.strictObject({
      accountName: z.string(),
      accountPassword: secret(writeOnly(z.string())),
      accountType: z.string().optional(),
    }),
  ),
  shownKind(
    "Sample",
    z.strictObject({
      nodes: z.array(reference("App")).optional(),
      tags: unordered(z.array(z.strictObject({ key: z.string(), value: z.string() })), ["key"]).optional(),
      labels: z.record(z.string(), z.string()).optional(),
      login: z.strictObject({ user: z.string(), password: secret(z.string()) }).optional(),
      logins: z.array(z.union([z.string(), z.strictObject({ pin: secret(z.string()) })])).optional(),
      size: z
        .string()
        .transform((text) => text.trim())
        .optional(),
      word: z.preprocess((input) => input, z.strictObject({ pin: secret(z.string()) })).optional(),
      free: z.unknown().optional(),
    }),
  ),
];

/** Kinds that have every trait that rendering looks at. */
export const kinds: Kinds = new Map(all.map((kind) => [kind.kind, kind]));
