import type { CallRow } from "./call-row.ts";

/** Traffic: access points of load balancers, and services. */
export const trafficCalls: readonly CallRow[] = [
  {
    name: "CreateSlbAP",
    method: "POST",
    mutating: true,
    query: [
      "EnvId:int* Name* SlbId* ListenerPort:int* RealServerPort:int* Protocol* EstablishedTimeout:int",
      "StickySession:int SslCertId CookieTimeout:int",
    ].join(" "),
  },
  {
    name: "ModifySlbAP",
    method: "POST",
    mutating: true,
    query: [
      "SlbAPId:int* Name RealServerPort:int EstablishedTimeout:int StickySession:int SslCertId",
      "CookieTimeout:int",
    ].join(" "),
  },
  { name: "DeleteSlbAP", method: "POST", mutating: true, query: "SlbAPId:int*" },
  { name: "DescribeSlbAPDetail", method: "POST", mutating: false, query: "SlbAPId:int*" },
  {
    name: "ListSlbAPs",
    method: "POST",
    mutating: false,
    query: "AppId:int* PageNumber:int* PageSize:int* EnvId:int Name NetworkMode SlbId",
    body: "ProtocolList.N",
  },
  {
    name: "ModifyService",
    method: "POST",
    mutating: true,
    query: "ServiceId:int* Name",
    body: [
      "PortMappings.N.Protocol PortMappings.N.TargetPort PortMappings.N.Port:int PortMappings.N.Name",
      "PortMappings.N.NodePort:int",
    ].join(" "),
  },
  { name: "DeleteService", method: "POST", mutating: true, query: "ServiceId:int*" },
  {
    name: "ListServices",
    method: "POST",
    mutating: false,
    query: "AppId:int* PageNumber:int* PageSize:int* EnvId:int Name ServiceType",
  },
  { name: "DescribeServiceDetail", method: "POST", mutating: false, query: "ServiceId:int*" },
  {
    name: "CreateService",
    method: "POST",
    mutating: true,
    query: "EnvId:int* Name* ServiceType* K8sServiceId* Headless:flag",
    body: [
      "PortMappings.N.Protocol* PortMappings.N.TargetPort* PortMappings.N.Port:int*",
      "PortMappings.N.Name* PortMappings.N.NodePort:int",
    ].join(" "),
  },
];
