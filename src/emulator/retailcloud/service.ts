import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { serviceCatalogue as catalogue } from "./catalogue/service.ts";
import { findEnvironment } from "./find.ts";
import { conflict, notFound, ruleBroken } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type Service = RowOf<typeof retailcloudTables, "Service">;
type Mappings = Service["PortMappings"];
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on the Kubernetes services of an environment. */
export const serviceActions: Record<keyof typeof catalogue, Action> = {
  CreateService: action(catalogue.CreateService, createService),
  ModifyService: action(catalogue.ModifyService, modifyService),
  DeleteService: action(catalogue.DeleteService, ({ ServiceId }, { store }) => {
    store.drop("Service", findService(store, ServiceId).ServiceId);
    return undefined;
  }),
  DescribeServiceDetail: action(catalogue.DescribeServiceDetail, ({ ServiceId }, { store }) => {
    const service = findService(store, ServiceId);
    return serviceRow(service, findEnvironment(store, service.EnvId).AppId);
  }),
  ListServices: action(catalogue.ListServices, listServices),
};

function findService(store: AccountStore, id: string): Service {
  const service = store.find("Service", id);
  if (!service) throw notFound("service", id);
  return service;
}

function createService(input: In<"CreateService">, { store, nextId }: Context): Struct {
  findEnvironment(store, input.EnvId);
  if (input.Headless && input.ServiceType !== "ClusterIP") throw ruleBroken("Headless is for ClusterIP services only");
  const PortMappings = withNodePorts(store, input.ServiceType, input.PortMappings, []);
  const ServiceId = nextId();
  store.put("Service", { ServiceId, ...input, PortMappings });
  return { ServiceId: BigInt(ServiceId) };
}

/** The mappings sent replace all others; one that names no node port keeps that of its namesake. Both are our assumption. */
function modifyService({ ServiceId, Name, PortMappings }: In<"ModifyService">, { store }: Context): undefined {
  const service = findService(store, ServiceId);
  const next = PortMappings && withNodePorts(store, service.ServiceType, PortMappings, service.PortMappings);
  store.put("Service", { ...service, Name: Name || service.Name, PortMappings: next ?? service.PortMappings });
}

const [FIRST_NODE_PORT, LAST_NODE_PORT] = [30_000, 32_767];

/** Gives each mapping of a NodePort service a port on the nodes: the one it asks for, its namesake's, or the first free one. */
function withNodePorts(store: AccountStore, type: string, mappings: Mappings, before: Mappings): Mappings {
  if (type !== "NodePort") {
    if (mappings.some(({ NodePort }) => NodePort !== undefined)) {
      throw ruleBroken("NodePort in PortMappings is for NodePort services only");
    }
    return mappings;
  }
  const all = [...store.rows("Service").flatMap((service) => service.PortMappings), ...mappings];
  const taken = new Set(all.map(({ NodePort }) => NodePort));
  return mappings.map((mapping) => {
    const old = before.find(({ Name }) => Name === mapping.Name)?.NodePort;
    const NodePort = mapping.NodePort ?? old ?? firstFree(taken);
    taken.add(NodePort);
    return { ...mapping, NodePort };
  });
}

function firstFree(taken: ReadonlySet<number | undefined>): number {
  for (let port = FIRST_NODE_PORT; port <= LAST_NODE_PORT; port += 1) if (!taken.has(port)) return port;
  throw conflict(`all node ports from ${FIRST_NODE_PORT} to ${LAST_NODE_PORT} are taken`);
}

function listServices(input: In<"ListServices">, { view }: Context): Struct[] {
  const environments = view.rows("Environment").filter(({ AppId }) => AppId === input.AppId);
  const ofApp = new Set(environments.map(({ EnvId }) => EnvId));
  const isWanted = (row: Service) =>
    ofApp.has(row.EnvId) &&
    row.EnvId === (input.EnvId ?? row.EnvId) &&
    row.Name.includes(input.Name ?? "") &&
    row.ServiceType === (input.ServiceType ?? row.ServiceType);
  return view
    .rows("Service")
    .filter(isWanted)
    .map((row) => serviceRow(row, input.AppId));
}

function serviceRow(row: Service, appId: string): Struct {
  const number = Number(BigInt(row.ServiceId) % 65_536n);
  return {
    ...row,
    AppId: BigInt(appId),
    EnvId: BigInt(row.EnvId),
    ServiceId: BigInt(row.ServiceId),
    ClusterIP: row.Headless ? "None" : `172.21.${number >> 8}.${number & 255}`,
  };
}
