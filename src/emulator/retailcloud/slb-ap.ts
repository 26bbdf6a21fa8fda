import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { slbApCatalogue as catalogue } from "./catalogue/slb-ap.ts";
import { changed } from "./changed.ts";
import { findEnvironment } from "./find.ts";
import { notFound } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";

type SlbAP = RowOf<typeof retailcloudTables, "SlbAP">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on the access points that expose an environment through a load balancer. */
export const slbApActions: Record<keyof typeof catalogue, Action> = {
  CreateSlbAP: action(catalogue.CreateSlbAP, (input, { store, nextId }) => {
    findEnvironment(store, input.EnvId);
    const SlbAPId = nextId();
    store.put("SlbAP", { SlbAPId, ...input, SslCertId: input.SslCertId || undefined });
    return { SlbAPId: BigInt(SlbAPId) };
  }),
  ModifySlbAP: action(catalogue.ModifySlbAP, ({ SlbAPId, ...changes }, { store }) => {
    store.put("SlbAP", changed(findSlbAp(store, SlbAPId), { ...changes, Name: changes.Name || undefined }));
    return undefined;
  }),
  DeleteSlbAP: action(catalogue.DeleteSlbAP, ({ SlbAPId }, { store }) => {
    store.drop("SlbAP", findSlbAp(store, SlbAPId).SlbAPId);
    return undefined;
  }),
  DescribeSlbAPDetail: action(catalogue.DescribeSlbAPDetail, ({ SlbAPId }, { store }) => {
    const accessPoint = findSlbAp(store, SlbAPId);
    return slbApRow(accessPoint, findEnvironment(store, accessPoint.EnvId).AppId);
  }),
  ListSlbAPs: action(catalogue.ListSlbAPs, listSlbAps),
};

function findSlbAp(store: AccountStore, id: string): SlbAP {
  const accessPoint = store.find("SlbAP", id);
  if (!accessPoint) throw notFound("access point", id);
  return accessPoint;
}

/** SlbId is taken for either id: the table describes the access point's, the name and type are the load balancer's. */
function listSlbAps(input: In<"ListSlbAPs">, { view }: Context): Struct[] {
  const environments = view.rows("Environment").filter(({ AppId }) => AppId === input.AppId);
  const ofApp = new Set(environments.map(({ EnvId }) => EnvId));
  const isWanted = (row: SlbAP) =>
    ofApp.has(row.EnvId) &&
    row.EnvId === (input.EnvId ?? row.EnvId) &&
    row.Name.includes(input.Name ?? "") &&
    networkMode(row) === (input.NetworkMode ?? networkMode(row)) &&
    (input.ProtocolList ?? [row.Protocol]).includes(row.Protocol) &&
    (!input.SlbId || row.SlbId === input.SlbId || row.SlbAPId === input.SlbId);
  return view
    .rows("SlbAP")
    .filter(isWanted)
    .map((row) => slbApRow(row, input.AppId));
}

function slbApRow(row: SlbAP, appId: string): Struct {
  const isHttp = row.Protocol.startsWith("HTTP");
  const number = Number(BigInt(row.SlbAPId) % 65_536n);
  return {
    AppId: BigInt(appId),
    EnvId: BigInt(row.EnvId),
    SlbAPId: BigInt(row.SlbAPId),
    SlbId: row.SlbId,
    SlbIp: `192.168.${number >> 8}.${number & 255}`,
    Name: row.Name,
    NetworkMode: networkMode(row),
    Protocol: row.Protocol,
    ListenerPort: row.ListenerPort,
    RealServerPort: row.RealServerPort,
    SslCertId: row.SslCertId,
    // Each protocol shows its own options only; 900 and 0 are our defaults.
    ...(row.Protocol === "TCP" ? { EstablishedTimeout: row.EstablishedTimeout ?? 900 } : {}),
    ...(isHttp ? { StickySession: row.StickySession ?? 0, CookieTimeout: row.CookieTimeout } : {}),
  };
}

function networkMode(row: SlbAP): string {
  return row.NetworkMode ?? "intranet";
}
