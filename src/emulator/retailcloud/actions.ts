import type { Action } from "./action.ts";
import { appActions } from "./app.ts";
import { appResourceAllocActions } from "./app-resource-alloc.ts";
import { deployConfigActions } from "./deploy-config.ts";
import { environmentActions } from "./environment.ts";
import { serviceActions } from "./service.ts";
import { slbApActions } from "./slb-ap.ts";
import { userActions } from "./user.ts";

/** Every action that is served, by name. */
export const actions: ReadonlyMap<string, Action> = new Map<string, Action>(
  Object.entries({
    ...appActions,
    ...environmentActions,
    ...deployConfigActions,
    ...userActions,
    ...slbApActions,
    ...serviceActions,
    ...appResourceAllocActions,
  }),
);
