const network = { vpc_id: "vpc", subnet_id: "subnet", security_group_id: "group" };

/** A gateway of a seed that has only what it must have. */
export function gateway(id: string, more: object = {}) {
  return { instance_id: id, instance_name: `edge-${id}`, spec_id: "BASIC", ...network, ...more };
}

/** An add-on of a seed that has only what it must have. */
export function addon(uid: string, addonTemplateName: string, more: object = {}) {
  return { uid, clusterID: "c1", addonTemplateName, version: "1.0.0", ...more };
}

/** One object for everything that can be done: `plain` has no public way, `open` has all, `lvs` has an address of its own. */
export const SEED = {
  huaweicloud: {
    AddonInstance: [
      addon("a1", "coredns", { version: "1.28.7", previousVersion: "1.25.14", previousValues: { custom: { old: 1 } } }),
      addon("a2", "metrics-server", { clusterID: "c2", version: "1.3.12", values: { basic: { swr_user: "x" } } }),
    ],
    ApigInstance: [
      gateway("plain"),
      gateway("open", {
        ...{ bandwidth_size: 5, ingress_bandwidth_size: 5, ingress_address: "203.0.113.9" },
        tags: [{ key: "team", value: "web" }],
        custom_ingress_ports: [{ ingress_port_id: "p1", protocol: "HTTP", ingress_port: 8080 }],
        features: [{ id: "f1", name: "ratelimit", enable: true, config: "{}", update_time: 0 }],
      }),
      gateway("lvs", { loadbalancer_provider: "lvs", eip_id: "eip-1" }),
      gateway("nlb", { spec_id: "NLB_BASIC", elb_ids: ["elb-1"] }),
    ],
  },
};

/** A body that installs an add-on, or upgrades it. */
export function addonRequest(verb: "install" | "upgrade", spec: object) {
  const annotations = { [`addon.${verb}/type`]: verb };
  return { kind: "Addon", apiVersion: "v3", metadata: { annotations }, spec: { values: { basic: {} }, ...spec } };
}

/** A body that creates a gateway. */
export function creation(instance_name: string, more: object = {}) {
  return { instance_name, spec_id: "BASIC", ...network, available_zone_ids: ["z-b", "z-a"], ...more };
}
