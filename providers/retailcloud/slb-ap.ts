import { z } from "zod";
import { recordOf, wholeOf } from "../../src/core/answer-fields.ts";
import type { Alteration, Live } from "../../src/core/kind.ts";
import { reference } from "../../src/core/reference.ts";
import { cannotUnset, immutable } from "../../src/core/traits.ts";
import { type Fields, sameValue } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { flagOf, idOf, parentOf, shown, textOf } from "./decode.ts";
import { described, optionalText, port, text } from "./fields.ts";
import { defineResource } from "./resource.ts";

const answers = [
  ...names("SlbAPId EnvId Name SlbId ListenerPort Protocol RealServerPort EstablishedTimeout"),
  ...names("StickySession CookieTimeout SslCertId"),
];

const createSlbAP = defineAction({
  name: "CreateSlbAP",
  method: "POST",
  mutating: true,
  query: [
    ...names("CookieTimeout EnvId EstablishedTimeout ListenerPort Name Protocol RealServerPort"),
    ...names("SlbId SslCertId StickySession"),
  ],
  answers: names("SlbAPId"),
});

const modifySlbAP = defineAction({
  name: "ModifySlbAP",
  method: "POST",
  mutating: true,
  query: names("CookieTimeout EstablishedTimeout Name RealServerPort SlbAPId SslCertId StickySession"),
});

/** Its filter SlbId is left out: the manual does not say whether it means the load balancer or the access point. */
const listSlbAPs = defineAction({
  name: "ListSlbAPs",
  method: "POST",
  mutating: false,
  query: names("AppId EnvId Name NetworkMode PageNumber PageSize"),
  body: names("ProtocolList"),
  answers,
});

const describeSlbAP = defineAction({
  name: "DescribeSlbAPDetail",
  method: "POST",
  mutating: false,
  query: names("SlbAPId"),
  answers,
});

const deleteSlbAP = defineAction({
  name: "DeleteSlbAP",
  method: "POST",
  mutating: true,
  query: names("SlbAPId"),
});

const keepNumber = "the API has no value for none; write the number that it should have";

const spec = z.strictObject({
  environment: immutable(reference("Environment")),
  name: described(text(), "what it is called in lists; the last segment of metadata.name where it is left out"),
  slbId: described(immutable(text()), "the load balancer, e.g. lb-8vb…"),
  protocol: immutable(z.enum(["TCP", "UDP", "HTTP", "HTTPS"])),
  listenerPort: described(immutable(port()), "the port of the load balancer"),
  realServerPort: described(port(), "the port of the instances"),
  establishedTimeout: described(
    cannotUnset(z.int().min(10).max(900).optional(), keepNumber),
    "seconds until an idle connection is closed; TCP alone",
  ),
  stickySession: described(z.boolean().optional(), "whether a client stays with one instance; HTTP and HTTPS alone"),
  cookieTimeout: described(
    cannotUnset(z.int().min(1).max(86_400).optional(), keepNumber),
    "seconds for which a client stays with one instance; HTTP and HTTPS alone",
  ),
  sslCertId: described(
    cannotUnset(optionalText(), "an HTTPS listener needs a certificate; name another one"),
    "the certificate; HTTPS alone",
  ),
});

type Wanted = z.output<typeof spec>;

/** A listener of a load balancer that leads to an environment. Load balancer, port and transport are its natural key. */
export const slbAP = defineResource({
  kind: "SlbAP",
  description: "a listener of a load balancer that leads to the instances of an environment",
  spec,
  naming: "name",
  scope: ["environment.app"],
  identity: listener,
  // A load balancer has one listener a port, whichever app it leads to.
  unique: [{ domain: "listener", key: listener }],
  after: [{ kind: "AppResourceAlloc", when: (mine, theirs) => sameValue(mine["environment"], theirs["environment"]) }],
  constraints,
  calls: { list: listSlbAPs, read: describeSlbAP, create: createSlbAP, update: [modifySlbAP], remove: deleteSlbAP },
  list: async (api, scope) => {
    const rows = await api.pages(
      listSlbAPs,
      { AppId: parentOf(scope, "environment.app") },
      { id: (row) => idOf(row, "SlbAPId") },
    );
    return rows.map(toLive);
  },
  read: async (api, { id }) => {
    const found = await api.find(describeSlbAP, { SlbAPId: id });
    return found === undefined ? undefined : toLive(found);
  },
  create: async (api, { spec: wanted }) => {
    const answer = await api.call(createSlbAP, {
      EnvId: wanted.environment,
      Name: wanted.name,
      SlbId: wanted.slbId,
      Protocol: wanted.protocol,
      ListenerPort: wanted.listenerPort,
      RealServerPort: wanted.realServerPort,
      EstablishedTimeout: wanted.establishedTimeout,
      StickySession: wanted.stickySession === undefined ? undefined : Number(wanted.stickySession),
      CookieTimeout: wanted.cookieTimeout,
      SslCertId: wanted.sslCertId,
    });
    return { id: idOf(recordOf(answer, "Result"), "SlbAPId") };
  },
  update: async (api, alteration) => {
    await api.call(modifySlbAP, { SlbAPId: alteration.id, ...changes(alteration) });
  },
  remove: async (api, { id }) => {
    await api.call(deleteSlbAP, { SlbAPId: id });
  },
});

/** TCP, HTTP and HTTPS share the ports of a load balancer, UDP has its own. */
function listener({ slbId, listenerPort, protocol }: Fields): string {
  return `${slbId}:${listenerPort}/${protocol === "UDP" ? "udp" : "tcp"}`;
}

function constraints(wanted: Wanted) {
  const { protocol } = wanted;
  const isWeb = protocol === "HTTP" || protocol === "HTTPS";
  const rules = [
    [protocol === "TCP", "establishedTimeout", "TCP"],
    [isWeb, "stickySession", "HTTP and HTTPS"],
    [isWeb, "cookieTimeout", "HTTP and HTTPS"],
    [protocol === "HTTPS", "sslCertId", "HTTPS"],
  ] as const;
  return rules
    .filter(([fits, field]) => !fits && wanted[field] !== undefined)
    .map(([, field, where]) => ({ field, message: `is for ${where}, not for ${protocol}; take it out` }));
}

/** Stickiness that is no longer declared is switched off; the API has no other way to be without it. */
function changes({ spec: wanted, changed }: Alteration<Wanted>) {
  const is = (field: string): boolean => changed.includes(field);
  return {
    ...(is("name") ? { Name: wanted.name } : {}),
    ...(is("realServerPort") ? { RealServerPort: wanted.realServerPort } : {}),
    ...(is("establishedTimeout") ? { EstablishedTimeout: wanted.establishedTimeout } : {}),
    ...(is("stickySession") ? { StickySession: Number(wanted.stickySession ?? false) } : {}),
    ...(is("cookieTimeout") ? { CookieTimeout: wanted.cookieTimeout } : {}),
    ...(is("sslCertId") ? { SslCertId: wanted.sslCertId } : {}),
  };
}

/** What belongs to another protocol is left out, whatever the answer says of it. */
function toLive(row: Fields): Live {
  const protocol = textOf(row, "Protocol");
  const isWeb = protocol === "HTTP" || protocol === "HTTPS";
  return {
    id: idOf(row, "SlbAPId"),
    spec: shown({
      environment: textOf(row, "EnvId"),
      name: textOf(row, "Name"),
      slbId: textOf(row, "SlbId"),
      protocol,
      listenerPort: wholeOf(row, "ListenerPort"),
      realServerPort: wholeOf(row, "RealServerPort"),
      establishedTimeout: protocol === "TCP" ? wholeOf(row, "EstablishedTimeout") : undefined,
      stickySession: isWeb ? flagOf(row, "StickySession") : undefined,
      cookieTimeout: isWeb ? wholeOf(row, "CookieTimeout") : undefined,
      sslCertId: protocol === "HTTPS" ? textOf(row, "SslCertId") : undefined,
    }),
  };
}
