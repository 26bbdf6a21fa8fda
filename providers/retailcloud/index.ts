// One line a kind: what stands here is what RetailCloud's provider knows.
export { app } from "./app.ts";
export { appResourceAlloc } from "./app-resource-alloc.ts";
export { cluster } from "./cluster.ts";
export { clusterNode } from "./cluster-node.ts";
export { database } from "./database.ts";
export { dbGrant } from "./db-grant.ts";
export { deployConfig } from "./deploy-config.ts";
export { environment } from "./environment.ts";
export { nodeLabel } from "./node-label.ts";
export { nodeLabelBinding } from "./node-label-binding.ts";
export { persistentVolume } from "./persistent-volume.ts";
export { persistentVolumeClaim } from "./persistent-volume-claim.ts";
export { rdsAccount } from "./rds-account.ts";
export { rollout } from "./rollout.ts";
export { service } from "./service.ts";
export { slbAP } from "./slb-ap.ts";
