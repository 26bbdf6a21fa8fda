import type { Action } from "./action.ts";
import { appActions } from "./app.ts";
import { appInstanceActions } from "./app-instance.ts";
import { appResourceAllocActions } from "./app-resource-alloc.ts";
import { clusterActions } from "./cluster.ts";
import { deployConfigActions } from "./deploy-config.ts";
import { deployOrderActions } from "./deploy-order.ts";
import { environmentActions } from "./environment.ts";
import { nodeLabelActions } from "./node-label.ts";
import { persistentVolumeActions } from "./persistent-volume.ts";
import { persistentVolumeClaimActions } from "./persistent-volume-claim.ts";
import { rdsActions } from "./rds.ts";
import { serviceActions } from "./service.ts";
import { slbApActions } from "./slb-ap.ts";
import { userActions } from "./user.ts";

/** Every action that is served, by name. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>(
  Object.entries({
    ...appActions,
    ...environmentActions,
    ...deployConfigActions,
    ...persistentVolumeClaimActions,
    ...userActions,
    ...slbApActions,
    ...serviceActions,
    ...deployOrderActions,
    ...appInstanceActions,
    ...persistentVolumeActions,
    ...nodeLabelActions,
    ...appResourceAllocActions,
    ...clusterActions,
    ...rdsActions,
  }),
);
