import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { SPECS } from "./gateway-spec.ts";
import { type Operation, operation } from "./operation.ts";

const ZONES = ["a", "b", "c"].map((letter, index) => ({
  name: `az${index + 1}`,
  id: `zone-${index + 1}`,
  code: `cn-north-4${letter}`,
  port: "",
  local_name: { en_us: `AZ${index + 1}`, zh_cn: `可用区${index + 1}` },
  specs: Object.fromEntries(SPECS.map((spec) => [spec, true])),
}));

/** The operation on the zones of the region. A gateway's zones are accepted unseen all the same. */
export const zoneOperations: Record<"ListAvailableZonesV2", Operation> = {
  ListAvailableZonesV2: operation(catalogue.ListAvailableZonesV2, (_, { shown }) => ({
    status: 200,
    body: { available_zones: shown(ZONES, false) },
  })),
};
