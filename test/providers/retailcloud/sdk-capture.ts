import { createServer } from "node:http";
import { createRequire } from "node:module";
import { callSdk, type SdkKey } from "../../emulator/retailcloud/sdk.ts";

const load = createRequire(import.meta.url);
const sdk: object = load("@alicloud/retailcloud20180313");

/** A request as the vendor's SDK sent it. */
export type Captured = {
  readonly method: string;
  readonly query: readonly (readonly [string, string])[];
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The names that the SDK knows for the parameters of an action: its own by the API's. */
export function sdkNames(action: string): ReadonlyMap<string, string> {
  return namesOf(Reflect.get(sdk, `${action}Request`));
}

type Model = { names(): Readonly<Record<string, string>>; new (fields: object): object };

function namesOf(model: Model): ReadonlyMap<string, string> {
  return new Map(Object.entries(model.names()).map(([own, api]) => [api, own]));
}

function renamed(fields: object, names: ReadonlyMap<string, string>): object {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [names.get(name) ?? name, value]));
}

/** Records in lists have to be models of the SDK's own: it drops others. */
function modelled(action: string, name: string, value: unknown): unknown {
  const model: Model | undefined = Reflect.get(sdk, `${action}Request${name}`);
  if (model === undefined || !Array.isArray(value)) return value;
  return value.map((item: object) => Reflect.construct(model, [renamed(item, namesOf(model))]));
}

/** Lets the SDK perform an action with parameters by the API's names, and gives the request that it sent. */
export async function capture(
  action: string,
  params: Readonly<Record<string, unknown>>,
  key: SdkKey = {},
): Promise<Captured> {
  const requests: Captured[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
      requests.push({
        method: request.method ?? "",
        query: [...url.searchParams],
        body: Buffer.concat(chunks).toString("utf8"),
        headers: Object.fromEntries(headers),
      });
      response.setHeader("content-type", "application/json").end('{"Code":0}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const models = Object.entries(params).map(([name, value]) => [name, modelled(action, name, value)]);
  const given = { ...renamed(Object.fromEntries(models), sdkNames(action)) };
  try {
    await callSdk(`http://127.0.0.1:${port}`, action, given, key);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  const [first] = requests;
  if (first === undefined) throw new Error(`the SDK sent nothing for ${action}`);
  return first;
}
