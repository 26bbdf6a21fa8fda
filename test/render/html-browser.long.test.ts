import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { renderHtml } from "../../src/render/html.ts";
import { change, field, planOf } from "./changes.ts";
import { hostilePlan, hostileTexts } from "./hostile-plan.ts";
import { secretWords } from "./plan-fixture.ts";
import { reportOf } from "./report-of.ts";

const executablePath = [
  process.env["CAIRN_CHROMIUM"] ?? "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find(existsSync);
const folder = mkdtempSync(join(tmpdir(), "cairn-page-"));
let browser: Browser | undefined;

/** A page on the screen, with everything that the browser complained about or asked for. */
type Opened = { readonly page: Page; readonly complaints: string[]; readonly requests: string[]; readonly url: string };

async function open(
  context: TestContext,
  html: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<Opened> {
  if (browser === undefined)
    return context.skip("no Chromium is installed here: apt-get install chromium, or CAIRN_CHROMIUM=PATH");
  const path = join(folder, `${crypto.randomUUID()}.html`);
  writeFileSync(path, html);
  const page = await browser.newPage(options);
  const [complaints, requests]: [string[], string[]] = [[], []];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  const url = pathToFileURL(path).href;
  await page.goto(url);
  return { page, complaints, requests, url };
}

const everything = await renderHtml(reportOf({ found: { type: "plan", plan: hostilePlan } }));

function shown(page: Page): Promise<readonly string[]> {
  return page.locator("details.card:visible > summary > code").allTextContents();
}

beforeAll(async () => {
  if (executablePath === undefined) return;
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the page of a plan, in a browser", () => {
  it("complains of nothing and asks for nothing but itself and its own icon", async (context) => {
    const { page, complaints, requests, url } = await open(context, everything);
    await page.locator("#unfold").click();
    await page.locator("#zoom").click();
    expect(complaints).toEqual([]);
    expect(requests.filter((one) => one !== url && one !== "data:,")).toEqual([]);
    await page.close();
  });

  it("searches for every word, by keyboard, and finds back", async (context) => {
    const { page } = await open(context, everything);
    const all = await shown(page);
    expect(all).toContain("App/storefront");
    expect(all).not.toContain("App/same");
    await page.keyboard.press("/");
    await page.keyboard.type("SUPER rdsaccount");
    expect(await shown(page)).toEqual(["RdsAccount/pay"]);
    expect(await page.locator("#count").textContent()).toBe(`1 of ${hostilePlan.changes.length} shown`);
    await page.keyboard.press("Escape");
    expect(await shown(page)).toEqual(all);
    await page.locator("#search").fill("nothing holds this");
    expect(await shown(page)).toEqual([]);
    await page.close();
  });

  it("filters by action, and unfolds and folds", async (context) => {
    const { page } = await open(context, everything);
    await page.locator("button[data-action=unchanged]").click();
    expect(await shown(page)).toContain("App/same");
    await page.locator("button[data-action=create]").click();
    expect(await shown(page)).not.toContain("App/storefront");
    const card = page.locator("details.card", { hasText: "App/old-shop" });
    expect(await card.getAttribute("open")).toBeNull();
    await card.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await card.getAttribute("open")).not.toBeNull();
    await page.locator("#unfold").click();
    expect(await page.locator("details.card:visible:not([open])").count()).toBe(0);
    await page.locator("#fold").click();
    expect(await page.locator("details.card[open]:visible").count()).toBe(0);
    await page.close();
  });

  it("draws the graph in the colours of the changes, and leads from it to them", async (context) => {
    const { page } = await open(context, everything);
    const colour = (look: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector("svg .node.${look} path")).stroke`);
    expect(await page.locator("svg .node").count()).toBe(hostilePlan.changes.length);
    expect(await page.locator("svg .edge").count()).toBe(2);
    expect(await page.locator("svg").boundingBox()).toMatchObject({ width: expect.any(Number) });
    expect(new Set(await Promise.all(["create", "update", "replace", "delete", "unchanged"].map(colour))).size).toBe(5);
    const hidden = page.locator("details.card", { hasText: "App/same" });
    expect(await hidden.isVisible()).toBe(false);
    await page.locator("svg .node.unchanged a").click();
    expect(await hidden.isVisible()).toBe(true);
    expect(await hidden.getAttribute("open")).not.toBeNull();
    await page.close();
  });

  it("lets hostile text stay text", async (context) => {
    const { page, complaints } = await open(context, everything);
    await page.locator("#unfold").click();
    const text = await page.locator("body").innerText();
    for (const one of hostileTexts.slice(0, 3)) expect(text).toContain(one);
    expect(text).toContain("javascript:alert(1)");
    expect(secretWords.filter((word) => text.includes(word))).toEqual([]);
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("img, iframe, b, i, object, embed").count()).toBe(0);
    const links = await page
      .locator("a")
      .evaluateAll((all) => all.map((one) => one.getAttribute("xlink:href") ?? one.getAttribute("href")));
    expect(links.filter((link) => !/^#change-\d+$/.test(link ?? ""))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("fits a phone, and follows a dark scheme", async (context) => {
    const { page } = await open(context, everything, {
      viewport: { width: 360, height: 700 },
      colorScheme: "dark",
    });
    await page.locator("#unfold").click();
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const dark = await background();
    await page.emulateMedia({ colorScheme: "light" });
    expect([dark, await background()]).toEqual(["rgb(13, 17, 23)", "rgb(255, 255, 255)"]);
    await page.close();
  });

  it("shows everything where scripts are off", async (context) => {
    const { page } = await open(context, everything, { javaScriptEnabled: false });
    expect(await shown(page)).toContain("App/same");
    expect(await page.locator("#search").isVisible()).toBe(false);
    await page.locator("details.card", { hasText: "App/old-shop" }).locator("summary").click();
    expect(await page.getByText("owned, and no longer declared").isVisible()).toBe(true);
    await page.close();
  });

  it("stays usable with a thousand resources", async (context) => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      change(`App/app-${index}`, { action: "update", fields: [field("title", { before: "a", after: `b${index}` })] }),
    );
    const { page, complaints } = await open(
      context,
      await renderHtml(reportOf({ found: { type: "plan", plan: planOf(many) } })),
    );
    await page.locator("#search").fill("app-999");
    expect(await shown(page)).toEqual(["App/app-999"]);
    expect(await page.locator("svg").count()).toBe(0);
    expect(await page.getByText("1000 resources are too many to draw here").isVisible()).toBe(true);
    expect(complaints).toEqual([]);
    await page.close();
  });
});
