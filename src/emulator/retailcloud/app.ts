import type { InputOf } from "../fields.ts";
import type { AccountStore } from "../sections.ts";
import type { RowOf } from "../store.ts";
import { type Action, action, type Context, type Struct } from "./action.ts";
import { appCatalogue as catalogue } from "./catalogue/app.ts";
import { changed } from "./changed.ts";
import { dropEnvironment } from "./children.ts";
import { findApp } from "./find.ts";
import { conflict } from "./refusal.ts";
import type { retailcloudTables } from "./tables.ts";
import { knownUsers } from "./user.ts";

type App = RowOf<typeof retailcloudTables, "App">;
type In<A extends keyof typeof catalogue> = InputOf<(typeof catalogue)[A]["parameters"]>;

/** The actions on applications. */
export const appActions: Record<keyof typeof catalogue, Action> = {
  CreateApp: action(catalogue.CreateApp, createApp),
  UpdateApp: action(catalogue.UpdateApp, updateApp),
  ListApp: action(catalogue.ListApp, (_, { view }) => view.rows("App").map(appSummary)),
  DescribeAppDetail: action(catalogue.DescribeAppDetail, ({ AppId }, { store }) =>
    appDetail(findApp(store, AppId), store),
  ),
  DeleteAppDetail: action(catalogue.DeleteAppDetail, deleteApp),
};

function createApp(input: In<"CreateApp">, { store, nextId }: Context): Struct {
  const twin = store.rows("App").find(({ Title }) => Title === input.Title);
  if (twin) throw conflict(`the title ${input.Title} is taken by app ${twin.AppId}`);
  const AppId = nextId();
  store.put("App", { AppId, ...input, StateType: input.StateType ?? 1 });
  return { AppId: BigInt(AppId) };
}

function updateApp({ AppId, ...changes }: In<"UpdateApp">, { store }: Context): undefined {
  store.put("App", changed(findApp(store, AppId), changes));
}

function deleteApp({ AppId, Force }: In<"DeleteAppDetail">, { store, now }: Context): undefined {
  findApp(store, AppId);
  const environments = store.rows("Environment").filter((row) => row.AppId === AppId);
  const configs = store.rows("DeployConfig").filter((row) => row.AppId === AppId);
  if (!Force && environments.length + configs.length > 0) {
    const holds = `${environments.length} environments and ${configs.length} deploy configs`;
    throw conflict(`app ${AppId} still has ${holds}; delete them first, or use Force`);
  }
  for (const { EnvId } of environments) dropEnvironment(store, EnvId, now);
  for (const { SchemaId } of configs) store.drop("DeployConfig", SchemaId);
  store.drop("App", AppId);
}

function appSummary(app: App): Struct {
  return { ...commonFields(app), MiddleWareList: middleWare(app) };
}

function appDetail(app: App, store: AccountStore): Struct {
  const users = knownUsers(store);
  const roles = app.UserRoles?.map((role) => ({
    ...role,
    RealName: users.find(({ UserId }) => UserId === role.UserId)?.RealName,
  }));
  return { ...commonFields(app), MiddleWareInfoList: middleWare(app), UserRoles: roles };
}

function commonFields(app: App): Struct {
  return {
    AppId: BigInt(app.AppId),
    AppStateType: app.StateType === 2 ? "stateful" : "stateless",
    BizName: app.BizCode,
    BizTitle: app.BizTitle,
    DeployType: "ContainerDeployment",
    Description: app.Description,
    Language: app.Language,
    OperatingSystem: app.OperatingSystem,
    ServiceType: app.ServiceType,
    Title: app.Title,
  };
}

/** Neither source says whether AppId or Code is the id that was given, so both are. */
function middleWare(app: App): Struct[] | undefined {
  return app.MiddleWareIdList?.map((id) => ({ AppId: BigInt(id), Code: BigInt(id), Name: `middleware-${id}` }));
}
