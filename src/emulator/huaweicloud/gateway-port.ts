import { apigCatalogue as catalogue } from "./catalogue/apig.ts";
import { findGateway, findRunning, listed } from "./gateway-rules.ts";
import { type Context, type Input, type Operation, operation, type Reply } from "./operation.ts";
import { page } from "./page.ts";
import { apigRefusal } from "./refusal.ts";
import type { Gateway } from "./tables.ts";

const MOST = 40;

/** The operations on a gateway's own ports; 80 and 443, which every gateway has, are none of these. */
export const gatewayPortOperations = {
  ListCustomIngressPorts: operation(catalogue.ListCustomIngressPorts, listPorts),
  AddCustomIngressPort: operation(catalogue.AddCustomIngressPort, addPort),
  DeleteCustomIngressPort: operation(catalogue.DeleteCustomIngressPort, ({ path }, context) => {
    const gateway = findRunning(context, path.instance_id);
    const ports = portsOf(gateway);
    const kept = ports.filter(({ ingress_port_id }) => ingress_port_id !== path.ingress_port_id);
    if (kept.length === ports.length) throw apigRefusal(400, "APIC.9223", "Failed to delete the custom inbound port");
    context.store.put("ApigInstance", { ...gateway, custom_ingress_ports: kept });
    return { status: 204 };
  }),
} satisfies Partial<Record<keyof typeof catalogue, Operation>>;

function listPorts({ path, query }: Input<(typeof catalogue)["ListCustomIngressPorts"]>, context: Context): Reply {
  const gateway = listed(context, findGateway(context, path.instance_id));
  const { protocol, ingress_port } = query;
  const wanted = (gateway ? portsOf(gateway) : []).filter(
    (port) =>
      port.protocol === (protocol ?? port.protocol) && port.ingress_port === (ingress_port ?? port.ingress_port),
  );
  const ports = context.shown(wanted, protocol !== undefined || ingress_port !== undefined);
  const shown = ports.map((port) => ({ ...port, status: "normal" }));
  return page("ingress_port_infos", shown, query, context);
}

function addPort({ path, body }: Input<(typeof catalogue)["AddCustomIngressPort"]>, context: Context): Reply {
  const gateway = findRunning(context, path.instance_id);
  const ports = portsOf(gateway);
  if (ports.some(({ ingress_port }) => ingress_port === body.ingress_port)) {
    throw apigRefusal(400, "APIC.7258", `The port ${body.ingress_port} has been defined`);
  }
  if (ports.length >= MOST) throw apigRefusal(403, "APIC.7403", `A gateway has ${MOST} custom ports at most`);
  const port = { ...body, ingress_port_id: context.newId() };
  context.store.put("ApigInstance", { ...gateway, custom_ingress_ports: [...ports, port] });
  return { status: 201, body: { ...port, status: "normal" } };
}

function portsOf({ custom_ingress_ports = [] }: Gateway): NonNullable<Gateway["custom_ingress_ports"]> {
  return custom_ingress_ports;
}
