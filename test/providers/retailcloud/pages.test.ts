import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectPages } from "../../../providers/retailcloud/pages.ts";
import type { Fields } from "../../../src/core/values.ts";
import { rejection } from "./retail-world.ts";

const id = (row: Fields): string => String(row["Id"]);

function rows(...ids: readonly number[]): Fields[] {
  return ids.map((one) => ({ Id: one }));
}

async function collect(pages: readonly Fields[]) {
  const asked: Fields[] = [];
  const fetchPage = async (page: Fields): Promise<Fields> => {
    asked.push(page);
    return pages[asked.length - 1] ?? pages.at(-1) ?? {};
  };
  const found = await collectPages(fetchPage, "ListThings", id);
  return { ids: found.map(id), asked };
}

describe("collectPages()", () => {
  it("asks for pages of one size from 1 on until as many rows are there as the answer counts", async () => {
    const pages = [
      { TotalCount: 5, PageSize: 2, Data: rows(1, 2) },
      { TotalCount: 5, PageSize: 2, Data: rows(3, 4) },
      { TotalCount: 5, PageSize: 1, Data: rows(5) },
    ];
    const { ids, asked } = await collect(pages);
    expect(ids).toEqual(["1", "2", "3", "4", "5"]);
    expect(asked).toEqual([1, 2, 3].map((PageNumber) => ({ PageNumber, PageSize: 100 })));
  });

  it("needs one call for an empty list, and one for a list that fits", async () => {
    expect((await collect([{ TotalCount: 0, Data: [] }])).asked).toHaveLength(1);
    expect((await collect([{ TotalCount: "1", Data: rows(1) }])).asked).toHaveLength(1);
  });

  it("goes on to an empty page where nothing is counted", async () => {
    for (const count of [{}, { TotalCount: 0 }]) {
      const { ids } = await collect([{ ...count, Data: rows(1) }, { ...count, Data: rows(2) }, count]);
      expect(ids).toEqual(["1", "2"]);
    }
  });

  it("counts rows that shift between two calls once, and believes the newest count", async () => {
    const { ids } = await collect([
      { TotalCount: 4, Data: rows(1, 2) },
      { TotalCount: 3, Data: rows(2, 3) },
    ]);
    expect(ids).toEqual(["1", "2", "3"]);
  });

  it("is incomplete where a page is empty before the count is reached", async () => {
    const error = await rejection(
      collect([
        { TotalCount: 3, Data: rows(1) },
        { TotalCount: 3, Data: [] },
      ]),
    );
    expect(error).toMatchObject({ code: "E_INCOMPLETE", diagnostics: [{ cloud: { action: "ListThings" } }] });
    expect(String(error)).toContain("page 2 is empty after 1 of 3 rows");
    expect(await rejection(collect([{ TotalCount: 3, Data: [] }]))).toMatchObject({ code: "E_INCOMPLETE" });
  });

  it("is incomplete where the server repeats itself", async () => {
    expect(await rejection(collect([{ TotalCount: 3, Data: rows(1, 2) }]))).toMatchObject({ code: "E_INCOMPLETE" });
    expect(await rejection(collect([{ Data: rows(1) }]))).toMatchObject({ code: "E_INCOMPLETE" });
  });

  it("is incomplete where it does not end", async () => {
    let page = 0;
    const fetchPage = async ({ PageNumber }: { PageNumber: number }): Promise<Fields> => {
      page = PageNumber;
      return { Data: rows(PageNumber) };
    };
    const endless = collectPages(fetchPage, "ListThings", id);
    expect(await rejection(endless)).toMatchObject({ code: "E_INCOMPLETE" });
    expect(page).toBe(1000);
  });

  it("finds every row of any server that clamps pages and counts truly or not at all", async () => {
    const servers = fc.record({ total: fc.nat(60), clamp: fc.integer({ min: 1, max: 20 }), counts: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(servers, async ({ total, clamp, counts }) => {
        const all = rows(...Array.from({ length: total }, (_, index) => index));
        const found = await collectPages(
          async ({ PageNumber }) => ({
            Data: all.slice((PageNumber - 1) * clamp, PageNumber * clamp),
            ...(counts ? { TotalCount: total } : {}),
          }),
          "ListThings",
          id,
        );
        expect(found).toEqual(all);
      }),
    );
  });
});
