// Written by npm run schemas from the kinds of every provider. A test fails when it is stale.
import type { Construct } from "constructs";
import * as huaweicloud from "../../providers/huaweicloud/index.ts";
import * as retailcloud from "../../providers/retailcloud/index.ts";
import { Resource } from "./resource.ts";
import type { ResourceMetadata, SpecOf } from "./spec-of.ts";

/** An add-on of a CCE cluster, installed from a template. */
export class AddonInstance extends Resource<"AddonInstance"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof huaweicloud.addonInstance, "addonTemplateName">,
    metadata?: ResourceMetadata,
  ) {
    super(huaweicloud.addonInstance, scope, id, spec, metadata);
  }
}

/** A dedicated API gateway (APIG). */
export class ApigInstance extends Resource<"ApigInstance"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof huaweicloud.apigInstance, "instanceName">,
    metadata?: ResourceMetadata,
  ) {
    super(huaweicloud.apigInstance, scope, id, spec, metadata);
  }
}

/** An application, the parent of deploy configs and environments. */
export class App extends Resource<"App"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.app, "title">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.app, scope, id, spec, metadata);
  }
}

/** The allocation of an environment to the cluster that it runs in. */
export class AppResourceAlloc extends Resource<"AppResourceAlloc"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.appResourceAlloc>,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.appResourceAlloc, scope, id, spec, metadata);
  }
}

/** A Kubernetes cluster, to which environments are allocated. */
export class Cluster extends Resource<"Cluster"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.cluster, "clusterTitle">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.cluster, scope, id, spec, metadata);
  }
}

/** A machine that belongs to a cluster. */
export class ClusterNode extends Resource<"ClusterNode"> {
  constructor(scope: Construct, id: string, spec: SpecOf<typeof retailcloud.clusterNode>, metadata?: ResourceMetadata) {
    super(retailcloud.clusterNode, scope, id, spec, metadata);
  }
}

/** A database of an RDS instance. */
export class Database extends Resource<"Database"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.database, "dbName">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.database, scope, id, spec, metadata);
  }
}

/** What an account may do in a database. */
export class DbGrant extends Resource<"DbGrant"> {
  constructor(scope: Construct, id: string, spec: SpecOf<typeof retailcloud.dbGrant>, metadata?: ResourceMetadata) {
    super(retailcloud.dbGrant, scope, id, spec, metadata);
  }
}

/** What the environments of an app run, as Kubernetes objects. */
export class DeployConfig extends Resource<"DeployConfig"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.deployConfig, "name">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.deployConfig, scope, id, spec, metadata);
  }
}

/** An environment of an app, in which one of the app's deploy configs runs. */
export class Environment extends Resource<"Environment"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.environment, "envName">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.environment, scope, id, spec, metadata);
  }
}

/** A label that the nodes of a cluster can carry. */
export class NodeLabel extends Resource<"NodeLabel"> {
  constructor(scope: Construct, id: string, spec: SpecOf<typeof retailcloud.nodeLabel>, metadata?: ResourceMetadata) {
    super(retailcloud.nodeLabel, scope, id, spec, metadata);
  }
}

/** The set of nodes that carry a label. */
export class NodeLabelBinding extends Resource<"NodeLabelBinding"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.nodeLabelBinding>,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.nodeLabelBinding, scope, id, spec, metadata);
  }
}

/** A volume on a file system, which a claim of its storage class gets. */
export class PersistentVolume extends Resource<"PersistentVolume"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.persistentVolume, "name">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.persistentVolume, scope, id, spec, metadata);
  }
}

/** An environment's claim of a volume, found by its storage class. */
export class PersistentVolumeClaim extends Resource<"PersistentVolumeClaim"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.persistentVolumeClaim, "name">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.persistentVolumeClaim, scope, id, spec, metadata);
  }
}

/** An account of an RDS instance. */
export class RdsAccount extends Resource<"RdsAccount"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.rdsAccount, "accountName">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.rdsAccount, scope, id, spec, metadata);
  }
}

/** The release that an environment runs; a new one is deployed in batches. */
export class Rollout extends Resource<"Rollout"> {
  constructor(scope: Construct, id: string, spec: SpecOf<typeof retailcloud.rollout>, metadata?: ResourceMetadata) {
    super(retailcloud.rollout, scope, id, spec, metadata);
  }
}

/** A Kubernetes service in front of the instances of an environment. */
export class Service extends Resource<"Service"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.service, "name">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.service, scope, id, spec, metadata);
  }
}

/** A listener of a load balancer that leads to the instances of an environment. */
export class SlbAP extends Resource<"SlbAP"> {
  constructor(
    scope: Construct,
    id: string,
    spec: SpecOf<typeof retailcloud.slbAP, "name">,
    metadata?: ResourceMetadata,
  ) {
    super(retailcloud.slbAP, scope, id, spec, metadata);
  }
}
