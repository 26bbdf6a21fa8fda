import { describe, expect, test } from "vitest";
import { STATUS_NUMBERS } from "../../../src/emulator/huaweicloud/gateway-status.ts";
import { at, type Cloud, cloud, complaint, GATEWAYS } from "./cloud.ts";
import { creation, gateway, SEED } from "./seed.ts";

const create = (it: Cloud, name: string, more: object = {}) => it.call(`POST ${GATEWAYS}`, creation(name, more));
const show = (it: Cloud, id: string) => it.ask(`GET ${GATEWAYS}/${id}`);
const wrong = (name: string) => `400 APIC.7211: Parameter value does not match the rules, parameter name[${name}]`;
const holds = (...ApigInstance: object[]) => ({ seed: { huaweicloud: { ApigInstance } } });

describe("a list", () => {
  const list = (it: Cloud, query: string) => it.ask(`GET ${GATEWAYS}?${query}`);
  const many = (count: number) => cloud(holds(...Array.from({ length: count }, (_, index) => gateway(`g${index}`))));

  test.each([
    ["", 20, "g0"],
    ["limit=0", 20, "g0"],
    ["limit=-5", 20, "g0"],
    ["limit=7&offset=3", 7, "g3"],
    ["limit=500&offset=-1", 500, "g0"],
    ["limit=501", 500, "g0"],
    ["limit=500&offset=500", 10, "g500"],
    ["offset=510", 0, undefined],
  ])("with %j has %i rows of 510 from %s", async (query, size, first) => {
    const told = await list(many(510), query);
    expect(told).toMatchObject({ total: 510, size, instances: { length: size } });
    expect(at(told, "instances.0.id")).toBe(first);
  });

  test("keeps a limit that the emulator is given", async () => {
    const it = cloud({ ...holds(gateway("a"), gateway("b"), gateway("c")), pageLimit: 2 });
    expect(await list(it, "limit=500")).toMatchObject({ total: 3, size: 2 });
  });

  test("may be narrowed by id, part of the name, and status", async () => {
    const it = cloud(holds(gateway("a"), gateway("b", { status: "Frozen" }), gateway("c", { instance_name: "core" })));
    const ids = async (query: string) => [(await list(it, query))["instances"]].flat().map((row) => at(row, "id"));
    expect(await ids("instance_id=b")).toEqual(["b"]);
    expect(await ids("instance_name=edge")).toEqual(["a", "b"]);
    expect(await ids("status=Running")).toEqual(["a", "c"]);
    expect(await ids("instance_id=&instance_name=&status=")).toEqual(["a", "b", "c"]);
    expect(complaint(await it.call(`GET ${GATEWAYS}?limit=many`))).toBe(wrong("limit"));
  });

  test("holds base fields only", async () => {
    const row = at(await list(cloud({ seed: SEED }), "instance_id=open"), "instances.0");
    expect(Object.keys(Object(row)).sort()).toEqual(
      [
        ...["charging_mode", "create_time", "eip_address", "enterprise_project_id", "id", "instance_name"],
        ...["instance_status", "loadbalancer_provider", "project_id", "spec", "status", "type"],
      ].sort(),
    );
  });
});

test("in the manual's style a detail goes back to the names of requests, a list does not", async () => {
  const it = cloud({ wire: "manual", seed: SEED });
  const detail = await show(it, "lvs");
  expect(detail).toMatchObject({ spec_id: "BASIC", eip_id: "eip-1" });
  expect(detail).not.toHaveProperty("spec");
  expect(await show(it, "plain")).toMatchObject({ eip_id: null });
  expect(at(await it.ask(`GET ${GATEWAYS}`), "instances.0.spec")).toBe("BASIC");
  expect((await create(it, "new-1")).body).not.toHaveProperty("job_id");
});

test("every status has its number, and one that only a seed knows has 0", async () => {
  const numbers = Object.values(STATUS_NUMBERS);
  const known = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, ...Array.from({ length: 25 }, (_, index) => index + 20)];
  expect([...numbers].sort((a, b) => a - b)).toEqual(known);
  const it = cloud(holds(gateway("g", { status: "Odd" })));
  expect(await show(it, "g")).toMatchObject({ status: "Odd", instance_status: 0 });
});
