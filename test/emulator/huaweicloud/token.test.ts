import { describe, expect, test } from "vitest";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { PROJECT } from "./signed-call.ts";

const USER = { name: "cairn", password: "cairn-password", domain: { name: "cairn" } };
const REGION = { project: { name: "cn-north-4" } };
const auth = (user: object = USER, scope: object | null = REGION, methods = ["password"]) => ({
  auth: { identity: { methods, password: { user } }, ...(scope ? { scope } : {}) },
});
const ask = ({ send }: Cloud, body: object) =>
  send({ method: "POST", url: "/v3/auth/tokens?nocatalog=true", headers: {}, body: JSON.stringify(body) });
const tokenOf = async (it: Cloud, body = auth()) => (await ask(it, body)).headers["x-subject-token"] ?? "";
const get = ({ send }: Cloud, url: string, headers: Readonly<Record<string, string>>) =>
  send({ method: "GET", url, headers, body: "" });
const ADDONS = "/api/v3/addons?cluster_id=c";
const TAGS = `${GATEWAYS}/g/instance-tags`;

describe("a token", () => {
  test("is handed out for a user and password, for 24 hours of the emulator's clock, within the project", async () => {
    const it = cloud({ clock: () => Date.parse("2026-05-01T12:00:00Z") });
    it.emulator.advance(3_600_000);
    const told = await ask(it, auth());
    expect(told.status).toBe(201);
    expect(told.headers["x-subject-token"]).toMatch(/^MII[\w-]{80,}$/);
    expect(told.body["token"]).toMatchObject({
      issued_at: "2026-05-01T13:00:00.000000Z",
      expires_at: "2026-05-02T13:00:00.000000Z",
      methods: ["password"],
      project: { id: PROJECT, name: "cn-north-4", domain: { name: "cairn" } },
      user: { name: "cairn", domain: { name: "cairn" } },
      catalog: [],
    });
  });

  test("lets calls in, as X-Auth-Token or as a bearer, without a signature", async () => {
    const it = cloud();
    const token = await tokenOf(it);
    for (const headers of [{ "x-auth-token": token }, { authorization: `Bearer ${token}` }]) {
      expect((await get(it, GATEWAYS, headers)).status).toBe(200);
      expect((await get(it, ADDONS, headers)).status).toBe(200);
    }
  });

  test("may be asked for the project by id", async () => {
    const it = cloud();
    const token = await tokenOf(it, auth(USER, { project: { id: PROJECT } }));
    expect((await get(it, ADDONS, { "x-auth-token": token })).status).toBe(200);
  });

  test("expires, which each service says in its own words", async () => {
    const it = cloud();
    const headers = { "x-auth-token": await tokenOf(it) };
    it.emulator.advance(24 * 3_600_000 - 60_000);
    expect((await get(it, GATEWAYS, headers)).status).toBe(200);
    it.emulator.advance(60_000);
    expect(complaint(await get(it, GATEWAYS, headers))).toBe("401 APIC.7101: The token must be updated");
    expect(complaint(await get(it, ADDONS, headers))).toBe("401 APIGW.0307: The token must be updated");
    expect(complaint(await get(it, TAGS, headers))).toMatch(/^401 APIG\.1002/);
    expect(complaint(await get(it, "/v3/projects", headers))).toMatch(/^401 401: The token must be updated/);
    expect((await get(it, GATEWAYS, { "x-auth-token": await tokenOf(it) })).status).toBe(200);
  });

  test("that nobody handed out, or that a reset forgot, is refused in the service's words", async () => {
    const it = cloud();
    const headers = { "x-auth-token": await tokenOf(it) };
    it.emulator.reset();
    expect(complaint(await get(it, GATEWAYS, headers))).toMatch(/^401 APIC\.7102: Incorrect token/);
    expect(complaint(await get(it, ADDONS, headers))).toMatch(/^401 CCE\.03401001/);
    expect(complaint(await get(it, TAGS, headers))).toMatch(/^401 APIG\.1002/);
  });

  test("without a project opens no service of a region", async () => {
    const it = cloud();
    for (const scope of [null, { domain: { name: "cairn" } }]) {
      const headers = { "x-auth-token": await tokenOf(it, auth(USER, scope)) };
      expect(complaint(await get(it, GATEWAYS, headers))).toMatch(/^403 APIC\.7106/);
      expect(complaint(await get(it, ADDONS, headers))).toMatch(/^403 CCE\.03403001/);
      expect((await get(it, "/v3/projects?name=cn-north-4", headers)).status).toBe(200);
    }
  });

  test("opens no other project", async () => {
    const it = cloud();
    const headers = { "x-auth-token": await tokenOf(it) };
    const other = `/v2/${"f".repeat(32)}/apigw/instances`;
    expect(complaint(await get(it, other, headers))).toMatch(/^403 APIC\.7106/);
  });

  test.each([
    ["a wrong password", auth({ ...USER, password: "x" }), "401 401: The username or password is wrong."],
    ["an unknown user", auth({ ...USER, name: "x" }), "401 401: The username or password is wrong."],
    ["another domain", auth({ ...USER, domain: { name: "x" } }), "401 401: The username or password is wrong."],
    ["another method", auth(USER, REGION, ["totp"]), "400 400: auth.identity.methods must hold password"],
    [
      "no user",
      { auth: { identity: { methods: ["password"], password: {} } } },
      /^400 400: .*password\.user is missing$/,
    ],
    ["a project of nobody", auth(USER, { project: { id: "p" } }), "401 401: the user has no project p"],
  ])("is not handed out for %s", async (_, body, problem) => {
    const told = await ask(cloud(), body);
    expect(complaint(told)).toMatch(problem);
    expect(told.headers["x-subject-token"]).toBeUndefined();
  });

  test("the call log hides the password", async () => {
    const it = cloud();
    await ask(it, auth());
    expect(JSON.stringify(it.emulator.calls())).not.toContain("cairn-password");
    expect(it.emulator.calls()).toMatchObject([{ service: "iam", action: "IamCreateToken", status: 201 }]);
  });
});

test("every region's project is the one that there is", async () => {
  const it = cloud();
  const { projects } = (await it.ask("GET /v3/projects?name=ap-southeast-1")) as { readonly projects?: unknown };
  expect(projects).toMatchObject([{ id: PROJECT, name: "ap-southeast-1", enabled: true }]);
  expect(at(await it.ask("GET /v3/projects"), "projects.0.name")).toBe("cn-north-4");
});
