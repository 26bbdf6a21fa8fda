import type { State } from "../../src/emulator/state.ts";

/** A row of the emulator's tables. */
type Row = Readonly<Record<string, unknown>>;

/** One object in a cloud, as its kind knows it. */
export type Thing = {
  readonly kind: string;
  /** The id by which its kind calls it. */
  readonly id: string;
  /** What no two objects of the kind may share. */
  readonly identity: string;
  /** The id of what it lies in, as `Kind id`; it goes when that goes. */
  readonly within: readonly string[];
  readonly row: Row;
};

type Columns = {
  readonly id: (row: Row) => string;
  /** The id itself where it is left out. */
  readonly identity?: (row: Row) => string;
  readonly within?: (row: Row) => readonly string[];
  /** Columns that change by what happens to other objects, or with time. */
  readonly passing?: readonly string[];
};

const text = (row: Row, ...names: readonly string[]): string => names.map((name) => String(row[name])).join("/");
const inEnvironment = (row: Row) => [`Environment ${row["EnvId"]}`];
const inApp = (row: Row) => [`App ${row["AppId"]}`];
const inCluster = (row: Row) => [`Cluster ${row["ClusterInstanceId"] ?? row["ClusterId"]}`];

/** How each kind's objects are told apart in the emulator's tables, said apart from what cairn says of it. */
export const columns: Readonly<Record<string, Columns>> = {
  App: { id: (row) => text(row, "AppId"), identity: (row) => text(row, "Title") },
  DeployConfig: {
    id: (row) => text(row, "SchemaId"),
    identity: (row) => text(row, "AppId", "EnvType", "Name"),
    within: inApp,
  },
  Environment: {
    id: (row) => text(row, "EnvId"),
    identity: (row) => text(row, "AppId", "EnvName"),
    within: inApp,
    passing: ["OfflineSince"],
  },
  Service: {
    id: (row) => text(row, "ServiceId"),
    identity: (row) => text(row, "EnvId", "K8sServiceId"),
    within: inEnvironment,
  },
  SlbAP: {
    id: (row) => text(row, "SlbAPId"),
    identity: (row) => `${text(row, "SlbId", "ListenerPort")}/${row["Protocol"] === "UDP"}`,
    within: inEnvironment,
  },
  AppResourceAlloc: {
    id: (row) => text(row, "AppEnvId"),
    within: (row) => [`Environment ${row["AppEnvId"]}`],
  },
  Cluster: { id: (row) => text(row, "ClusterInstanceId"), identity: (row) => text(row, "ClusterTitle") },
  ClusterNode: { id: (row) => text(row, "InstanceId"), within: inCluster },
  NodeLabel: { id: (row) => labelOf(row), within: inCluster },
  NodeLabelBinding: {
    id: (row) => labelOf(row),
    identity: (row) => `${text(row, "ClusterId", "LabelKey")} on ${row["InstanceId"]}`,
    within: (row) => [...inCluster(row), `ClusterNode ${row["InstanceId"]}`],
  },
  PersistentVolume: {
    id: (row) => text(row, "ClusterInstanceId", "Name"),
    within: inCluster,
    passing: ["Status", "ClaimId"],
  },
  PersistentVolumeClaim: {
    id: (row) => text(row, "EnvId", "Name"),
    within: inEnvironment,
    passing: ["Status", "VolumeName"],
  },
  Database: { id: (row) => text(row, "DbInstanceId", "DbName") },
  RdsAccount: { id: (row) => text(row, "DbInstanceId", "AccountName") },
  DbGrant: {
    id: (row) => `${text(row, "DbInstanceId", "AccountName")} on ${text(row, "DbInstanceId", "DbName")}`,
    within: (row) => [
      `Database ${text(row, "DbInstanceId", "DbName")}`,
      `RdsAccount ${text(row, "DbInstanceId", "AccountName")}`,
    ],
  },
  AddonInstance: { id: (row) => text(row, "uid"), identity: (row) => text(row, "clusterID", "addonTemplateName") },
  ApigInstance: { id: (row) => text(row, "instance_id"), identity: (row) => text(row, "instance_name") },
};

function labelOf(row: Row): string {
  return `${row["ClusterId"]}/${row["LabelKey"]}=${row["LabelValue"]}`;
}

/** Every object of cairn's kinds that a state holds. An allocation that an environment was created with is part of that. */
export function thingsIn(state: State): readonly Thing[] {
  const { retailcloud = {}, huaweicloud = {} } = state as Record<string, Record<string, readonly Row[]>>;
  return Object.entries({ ...retailcloud, ...huaweicloud }).flatMap(([kind, rows]) => {
    const known = columns[kind];
    if (known === undefined) return [];
    const { id, identity = id, within = () => [] } = known;
    return rows
      .filter((row) => row["WithEnvironment"] !== true)
      .map((row): Thing => ({ kind, id: id(row), identity: identity(row), within: within(row), row }));
  });
}

/** How an object is named among all. */
export function nameOf({ kind, id }: Pick<Thing, "kind" | "id">): string {
  return `${kind} ${id}`;
}

/** What an object is, without what passes by itself. */
export function essence({ kind, row }: Thing): string {
  const passing = new Set(["coming", "progress", ...(columns[kind]?.passing ?? [])]);
  return JSON.stringify(Object.entries(row).filter(([name]) => !passing.has(name)));
}
