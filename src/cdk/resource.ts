import { Construct } from "constructs";
import { type Address, address } from "../core/address.ts";
import type { Kind } from "../core/kind.ts";
import type { Fields } from "../core/values.ts";
import { setManifest } from "./manifest-document.ts";
import { plainSpec } from "./plain-spec.ts";
import type { ResourceMetadata } from "./spec-of.ts";

/**
 * A manifest as a construct. Its name is its path in the tree: an `Environment` "prod" in an `App` "shop" is named `shop/prod`,
 * and so may a `DeployConfig` beside it be, because names are unique by kind. The spec is read when the construct is made;
 * `E_REFERENCE` and `E_FIELD` tell what no manifest can say.
 */
export class Resource<K extends string = string> extends Construct {
  readonly kind: K;
  /** `metadata.name` of the manifest. */
  readonly name: string;

  protected constructor(kind: Kind, scope: Construct, id: string, spec: object, metadata: ResourceMetadata = {}) {
    super(scope, `${kind.kind}:${id}`);
    const { name = nameIn(scope, id), dependsOn = [], ...rest } = metadata;
    this.kind = kind.kind as K;
    this.name = name;
    const needs = dependsOn.map((one) => (typeof one === "string" ? one : one.address));
    setManifest(this, {
      apiVersion: kind.apiVersion,
      kind: kind.kind,
      metadata: { name, ...(needs.length === 0 ? {} : { dependsOn: needs }), ...withoutUndefined(rest) },
      spec: plainSpec(kind, this.address, spec),
    });
  }

  /** `Kind/name`. */
  get address(): Address {
    return address(this.kind, this.name);
  }
}

/** The ids from the root down; those of resources without the kind, which keeps them apart in the tree. */
function nameIn(scope: Construct, id: string): string {
  const above = scope.node.scopes.slice(1).map(({ node }) => node.id.replace(/^[A-Za-z]+:/, ""));
  return [...above, id].join("/");
}

function withoutUndefined(metadata: object): Fields {
  return JSON.parse(JSON.stringify(metadata)) as Fields;
}
