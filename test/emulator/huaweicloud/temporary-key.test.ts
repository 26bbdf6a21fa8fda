import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";

const PATH = "POST /v3.0/OS-CREDENTIAL/securitytokens";
const asked = (identity: object) => ({ auth: { identity } });
const agency = (more: object = {}) =>
  asked({ methods: ["assume_role"], assume_role: { agency_name: "ops", domain_name: "other", ...more } });

type Credential = {
  readonly access: string;
  readonly secret: string;
  readonly securitytoken: string;
  readonly expires_at: string;
};
const credentialIn = (body: object) => at(body as Parameters<typeof at>[0], "credential") as Credential;

const list = ({ call }: Cloud, { access, secret, securitytoken }: Credential, more: object = {}) =>
  call(`GET ${GATEWAYS}`, undefined, { id: access, secret, securityToken: securitytoken, ...more });

describe("a temporary key", () => {
  test("is handed out to whoever is let in, and opens the same account until its time is over", async () => {
    const it = cloud({ clock: () => Date.parse("2026-05-01T12:00:00Z") });
    const when = { date: "20260501T120000Z" };
    const made = credentialIn(await it.ask(PATH, agency({ duration_seconds: 3600 }), when));
    expect(made.expires_at).toBe("2026-05-01T13:00:00.000000Z");
    await it.ask(`POST ${GATEWAYS}`, gateway, when);
    expect(at((await list(it, made, when)).body, "instances.0.instance_name")).toBe("edge");
    it.emulator.advance(3_599_000);
    expect((await list(it, made, when)).status).toBe(200);
    it.emulator.advance(1_000);
    expect(complaint(await list(it, made, when))).toMatch(/^401 APIGW\.0301: .*the security token .* has expired/);
  });

  test("needs its own security token, and is forgotten with everything else", async () => {
    const it = cloud();
    const made = credentialIn(await it.ask(PATH, asked({ methods: ["token"] })));
    const other = credentialIn(await it.ask(PATH, asked({ methods: ["token"], token: { duration_seconds: 900 } })));
    expect(other.access).not.toBe(made.access);
    expect(complaint(await list(it, { ...made, securitytoken: other.securitytoken }))).toMatch(/does not belong/);
    expect(complaint(await it.call(`GET ${GATEWAYS}`, undefined, { id: made.access, secret: made.secret }))).toMatch(
      /needs X-Security-Token/,
    );
    it.emulator.reset();
    expect(complaint(await list(it, made))).toMatch(/does not exist/);
  });

  test("is told to a server without a signature", async () => {
    const it = cloud();
    const { body } = await it.send({ method: "GET", url: "/openstack/latest/securitykey", headers: {}, body: "" });
    expect((await list(it, credentialIn(body))).status).toBe(200);
    expect(it.emulator.calls()).toMatchObject([{ service: "ecs", action: "EcsShowSecurityKey" }, {}]);
  });

  test.each([
    ["another way", asked({ methods: ["password"] }), /methods must be token or assume_role/],
    ["two ways", asked({ methods: ["token", "assume_role"] }), /methods must be token or assume_role/],
    ["an agency that is not named", asked({ methods: ["assume_role"] }), /assume_role is missing/],
    ["too short a life", agency({ duration_seconds: 899 }), /between 900 and 86400/],
    ["too long a life", agency({ duration_seconds: 86_401 }), /between 900 and 86400/],
  ])("is not handed out for %s", async (_, body, problem) => {
    const told = await cloud().call(PATH, body);
    expect(complaint(told)).toMatch(/^400 400: /);
    expect(complaint(told)).toMatch(problem);
  });
});

const gateway = {
  ...{ instance_name: "edge", spec_id: "BASIC", vpc_id: "v", subnet_id: "s", security_group_id: "g" },
  available_zone_ids: ["cn-north-4a"],
};
