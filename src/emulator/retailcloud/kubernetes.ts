import {
  boolYaml11Tag,
  dump,
  FAILSAFE_SCHEMA,
  floatYaml11Tag,
  intYaml11Tag,
  load,
  mergeTag,
  nullYaml11Tag,
  YAMLException,
} from "js-yaml";
import { ruleBroken } from "./refusal.ts";

/** A cluster reads YAML 1.1: `0644` is 420 and `yes` is true. Dates stay texts. */
const CLUSTER_YAML = FAILSAFE_SCHEMA.withTags(nullYaml11Tag, boolYaml11Tag, intYaml11Tag, floatYaml11Tag, mergeTag);

/** What a cluster puts on every object. */
export type Dressing = { readonly namespace: string; readonly appId: string };

type Mapping = { readonly [key: string]: unknown };

/**
 * Decodes the base64 YAML of one Kubernetes object.
 * @returns its text, as written.
 * @throws Refusal when it is no YAML mapping, or says that it is of another kind.
 */
export function readObject(kind: string, base64: string): string {
  const text = Buffer.from(base64, "base64").toString("utf8");
  const object = parseYaml(text);
  if (object instanceof YAMLException) throw ruleBroken(`${kind} is not YAML: ${object.message}`);
  if (!isMapping(object)) throw ruleBroken(`${kind} is not a Kubernetes object`);
  const told = object["kind"];
  if (told !== undefined && told !== kind) throw ruleBroken(`${kind} holds an object of kind ${String(told)}`);
  return text;
}

/**
 * The YAML that the cluster shows: the object as the cluster understood it, with namespace, a label and defaults added.
 * A text that is no object, which only a seed can hold, stays as it is.
 */
export function dress(text: string, { namespace, appId }: Dressing): string {
  const object = parseYaml(text);
  if (!isMapping(object)) return text;
  const metadata = asMapping(object["metadata"]);
  const labels = { ...asMapping(metadata["labels"]), "retailcloud.emulator/app": appId };
  const dressed = { ...object, metadata: { namespace, ...metadata, labels } };
  const print = { noRefs: true, lineWidth: -1 };
  return dump(withDefaults(dressed), print);
}

/** The value, or what is wrong with the text. Aliases are few in honest objects and many in bombs. */
function parseYaml(text: string): unknown {
  try {
    return load(text, { schema: CLUSTER_YAML, maxAliases: 100 });
  } catch (error) {
    if (error instanceof YAMLException) return error;
    throw error;
  }
}

function withDefaults(object: Mapping): Mapping {
  const kind = object["kind"];
  if (kind === "Secret") return { type: "Opaque", ...object };
  if (kind === "CronJob") return under(object, "spec", (spec) => ({ concurrencyPolicy: "Allow", ...spec }));
  if (kind !== "Deployment" && kind !== "StatefulSet") return object;
  const own = kind === "Deployment" ? { progressDeadlineSeconds: 600 } : { podManagementPolicy: "OrderedReady" };
  return under(object, "spec", (spec) =>
    under({ revisionHistoryLimit: 10, ...own, ...spec }, "template", (template) =>
      under(template, "spec", podDefaults),
    ),
  );
}

function podDefaults(pod: Mapping): Mapping {
  const containers = Array.isArray(pod["containers"]) ? pod["containers"].map(containerDefaults) : pod["containers"];
  const defaults = { restartPolicy: "Always", terminationGracePeriodSeconds: 30, dnsPolicy: "ClusterFirst" };
  return { ...defaults, ...pod, ...(containers === undefined ? {} : { containers }) };
}

function containerDefaults(container: unknown): unknown {
  if (!isMapping(container)) return container;
  const ports = container["ports"];
  const named = Array.isArray(ports)
    ? ports.map((port) => (isMapping(port) ? { protocol: "TCP", ...port } : port))
    : ports;
  return {
    imagePullPolicy: "IfNotPresent",
    ...container,
    ...(ports === undefined ? {} : { ports: named }),
  };
}

/** Replaces one member that is a mapping; another value, or none, stays. */
function under(object: Mapping, key: string, turn: (inner: Mapping) => Mapping): Mapping {
  const inner = object[key];
  return isMapping(inner) ? { ...object, [key]: turn(inner) } : object;
}

function asMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof YAMLException);
}
