import { addonOperations } from "./addon.ts";
import { addonTemplateOperations } from "./addon-template.ts";
import { gatewayOperations } from "./gateway.ts";
import { gatewayElbOperations } from "./gateway-elb.ts";
import { gatewayFeatureOperations } from "./gateway-feature.ts";
import { gatewayNetworkOperations } from "./gateway-network.ts";
import { gatewayPortOperations } from "./gateway-port.ts";
import { gatewayTagOperations } from "./gateway-tag.ts";
import { iamOperations } from "./iam.ts";
import type { Operation } from "./operation.ts";
import { zoneOperations } from "./zone.ts";

/** Every operation that is served, by name. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>(
  Object.entries({
    ...addonOperations,
    ...addonTemplateOperations,
    ...gatewayOperations,
    ...gatewayNetworkOperations,
    ...gatewayTagOperations,
    ...gatewayFeatureOperations,
    ...gatewayPortOperations,
    ...gatewayElbOperations,
    ...zoneOperations,
    ...iamOperations,
  }),
);
