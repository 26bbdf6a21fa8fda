import { z } from "zod";
import { CairnError } from "../../src/core/errors.ts";
import { type FilledIn, filledIn, secret, subset, yaml } from "../../src/core/traits.ts";
import { byText, type Fields, isFields, type Value } from "../../src/core/values.ts";
import { printObject, readObject } from "./cluster-yaml.ts";
import { canonicalQuantity } from "./quantity.ts";

const added = (path: string, value?: FilledIn["value"]): FilledIn => ({
  path: path.split("/"),
  ...(value === undefined ? {} : { value }),
});

/** What a cluster adds to the pods of an object whose template stands at a path. */
function addedToPods(template: string): readonly FilledIn[] {
  const containers = ["containers", "initContainers"].map((list) => `${template}/spec/${list}/*`);
  return [
    added(`${template}/metadata/creationTimestamp`),
    added(`${template}/spec/dnsPolicy`, "ClusterFirst"),
    added(`${template}/spec/schedulerName`, "default-scheduler"),
    added(`${template}/spec/terminationGracePeriodSeconds`, 30),
    ...containers.flatMap((container) => [
      added(`${container}/ports/*/protocol`, "TCP"),
      added(`${container}/terminationMessagePath`, "/dev/termination-log"),
      added(`${container}/terminationMessagePolicy`, "File"),
    ]),
  ];
}

/** What a cluster, or the platform before it, adds to an object: what says how it is, and Kubernetes' own defaults. */
const addedByCluster: readonly FilledIn[] = [
  added("status"),
  ...["creationTimestamp", "generation", "managedFields", "namespace", "resourceVersion", "selfLink", "uid"].map(
    (name) => added(`metadata/${name}`),
  ),
  { path: ["metadata", "labels", "retailcloud.*"] },
  { path: ["metadata", "annotations", "deployment.kubernetes.io/*"] },
  { path: ["metadata", "annotations", "kubectl.kubernetes.io/*"] },
  added("spec/progressDeadlineSeconds", 600),
  added("spec/revisionHistoryLimit", 10),
  added("spec/podManagementPolicy", "OrderedReady"),
  added("spec/concurrencyPolicy", "Allow"),
  added("spec/template/spec/restartPolicy", "Always"),
  ...addedToPods("spec/template"),
  ...addedToPods("spec/jobTemplate/spec/template"),
];

/** The same for each of a list of objects. */
export const addedToEach: readonly FilledIn[] = [...addedByCluster, added("type", "Opaque")].map((leaf) => ({
  ...leaf,
  path: ["*", ...leaf.path],
}));

/**
 * A Kubernetes object of one kind in a manifest: written inline, or as the text of a file. Its canonical form is a plain record
 * in which equal quantities are equal texts and nulls are left out, as the cluster does. Only declared leaves are compared.
 */
export function kubernetesObject(kind: string) {
  return filledIn(yaml(subset(objectOf(kind, z.record(z.string(), z.unknown())))), addedByCluster);
}

/** A ConfigMap; its data are texts, and it needs a name, by which it is recognised among others. */
export function configMap() {
  return objectOf("ConfigMap", z.record(z.string(), z.unknown()));
}

/** A Secret: the values in `data` and `stringData` are never shown and may not stand in a manifest. */
export function secretObject() {
  const values = z.record(z.string(), secret(z.string())).optional();
  return objectOf("Secret", z.looseObject({ data: values, stringData: values }));
}

function objectOf<S extends z.ZodType>(kind: string, inline: S) {
  return z
    .union([z.string(), inline], { error: `must be a ${kind} object, written out or by { $file: path }` })
    .transform((input, context): Fields => {
      try {
        const object = canonicalObject(typeof input === "string" ? readObject(input) : (input as Fields));
        for (const { path, message } of faultsOf(object, kind)) {
          // The text of a file has no places in the manifest.
          const where = typeof input === "string" ? { message: `${path.join(".")} ${message}` } : { message, path };
          context.addIssue({ code: "custom", ...where });
        }
        return object;
      } catch (error) {
        if (!(error instanceof CairnError)) throw error;
        context.addIssue({ code: "custom", message: error.message });
        return z.NEVER;
      }
    })
    .describe(`a Kubernetes ${kind}`);
}

const required = "is required; add it";
const named = new Set(["ConfigMap", "Secret"]);

type PartFault = { readonly path: string[]; readonly message: string };

function faultsOf(object: Fields, kind: string): PartFault[] {
  const faults: PartFault[] = [];
  const { kind: found, apiVersion } = object;
  if (found !== kind) {
    const message = found === undefined ? required : `must be ${kind}; got ${JSON.stringify(found)}`;
    faults.push({ path: ["kind"], message });
  }
  if (typeof apiVersion !== "string") faults.push({ path: ["apiVersion"], message: required });
  if (!named.has(kind)) return faults;
  const metadata = object["metadata"];
  if (!isFields(metadata) || typeof metadata["name"] !== "string") {
    faults.push({ path: ["metadata", "name"], message: required });
  }
  return [...faults, ...dataFaults(object)];
}

/** The cluster takes nothing but texts as data. */
function dataFaults(object: Fields): PartFault[] {
  return ["data", "stringData"].flatMap((part) => {
    const values = object[part];
    if (!isFields(values)) return [];
    const wrong = Object.keys(values).filter((key) => typeof values[key] !== "string");
    return wrong.map((key) => ({ path: [part, key], message: "must be text; put quotes around it" }));
  });
}

/** The canonical form of an object: keys in one order, quantities in their shortest text, nulls left out. */
function canonicalObject(object: Fields): Fields {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== null && value !== undefined)
      .sort(([left], [right]) => byText(left, right))
      .map(([key, value]) => [key, canonicalPart(key, value)]),
  );
}

function canonicalPart(key: string, value: Value): Value {
  if (Array.isArray(value)) return value.map((item: Value) => (isFields(item) ? canonicalObject(item) : item));
  if (key === "sizeLimit") return quantity(value);
  if (!isFields(value)) return value;
  const object = canonicalObject(value);
  if (key !== "limits" && key !== "requests") return object;
  return Object.fromEntries(Object.entries(object).map(([name, amount]) => [name, quantity(amount)]));
}

function quantity(amount: Value): Value {
  return typeof amount === "string" || typeof amount === "number" ? canonicalQuantity(String(amount)) : amount;
}

/** An object as the API takes it: YAML in base64. */
export function toWire(object: Fields): string {
  return Buffer.from(printObject(object), "utf8").toString("base64");
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * An object as the API shows it: YAML, or base64 of it. What nobody can read as an object stays text, so that it shows as a
 * difference and does not hide the rest of the list.
 */
export function fromWire(text: string): Value {
  const bare = text.replace(/\s/g, "");
  const plain = base64.test(bare) ? Buffer.from(bare, "base64").toString("utf8") : text;
  try {
    return canonicalObject(readObject(plain));
  } catch (error) {
    if (!(error instanceof CairnError)) throw error;
    return text;
  }
}
