/** A request as it reaches the emulator; `url` is a path with its query, or absolute. */
export type EmulatorRequest = {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
};

/** An answer with its body as text. */
export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** What became of a request: an answer, or a connection that was dropped without one. */
export type EmulatorAnswer = Answer | { readonly cut: true };

/** Answers one request, or cuts the connection. Rejects only on a fault of the emulator itself. */
export type Handle = (request: EmulatorRequest) => Promise<EmulatorAnswer>;

/** A request taken apart: header names in lower case, query and form decoded, in the order received. */
export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[];
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
};

/** Takes a request apart. The form is empty unless the body says that it is one. */
export function takeApart(request: EmulatorRequest): Incoming {
  const absolute = request.url.startsWith("/") ? `http://emulator${request.url}` : request.url;
  // What is no URL, such as the "*" of an OPTIONS request, becomes a path that nobody serves.
  const url = new URL(URL.canParse(absolute) ? absolute : "http://emulator/*");
  const body = Buffer.from(request.body);
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]));
  const isForm = headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  return {
    method: request.method.toUpperCase(),
    path: url.pathname,
    query: [...url.searchParams],
    form: isForm ? [...new URLSearchParams(body.toString("utf8"))] : [],
    headers,
    body,
  };
}
