/** One object of every kind, each hanging on the one before it. */
export const SEED = {
  retailcloud: {
    App: [
      {
        AppId: 11,
        Title: "storefront",
        BizCode: "JST",
        Language: "Java",
        OperatingSystem: "Linux",
        ServiceType: "StoreApplication",
        StateType: 1,
        UserRoles: [{ RoleName: "Owner", UserId: "12345", UserType: "TAOBAO" }],
      },
    ],
    DeployConfig: [{ SchemaId: 12, AppId: 11, Name: "online", EnvType: "online", CodePath: "/code" }],
    Environment: [
      { EnvId: 13, AppId: 11, AppSchemaId: 12, EnvName: "prod", EnvType: 1, Region: "cn-zhangjiakou", Replicas: 2 },
    ],
    Service: [
      {
        ServiceId: 14,
        EnvId: 13,
        Name: "web",
        K8sServiceId: "web",
        ServiceType: "ClusterIP",
        PortMappings: [{ Name: "http", Protocol: "TCP", Port: 80, TargetPort: "8080" }],
      },
    ],
    SlbAP: [
      {
        SlbAPId: 15,
        EnvId: 13,
        Name: "shop",
        SlbId: "lb-1",
        ListenerPort: 80,
        RealServerPort: 8080,
        Protocol: "HTTP",
        StickySession: 1,
        CookieTimeout: 60,
      },
    ],
    AppResourceAlloc: [{ Id: 16, AppEnvId: 13, AppId: 11, ClusterId: "c-1" }],
  },
};

/** Parameters of a CreateApp that succeeds. */
export const APP = {
  BizCode: "JST",
  Language: "Java",
  OperatingSystem: "Linux",
  ServiceType: "StoreApplication",
  Title: "shop",
  "UserRoles.1.RoleName": "Owner",
  "UserRoles.1.UserId": "12345",
  "UserRoles.1.UserType": "TAOBAO",
};

/** Base64 of a text, as deploy configs travel. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
