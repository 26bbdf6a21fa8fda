/** One line of the call log. `status` is null while no answer went out, and stays so when the connection was cut. */
export type CallRecord = {
  readonly n: number;
  /** When the call came in, ISO 8601, by the real clock. */
  readonly time: string;
  readonly service: string;
  readonly action: string;
  /** As received, lists flattened; what may be secret reads `***`. */
  readonly params: Readonly<Record<string, string>>;
  readonly status: number | null;
  /** The effect that befell the call, or false. */
  readonly faulted: string | false;
};

/** The log of calls to the clouds; control routes are not in it. */
export type Calls = {
  /** Notes a call when it comes in; the returned function adds how it went. */
  open(call: Pick<CallRecord, "service" | "action" | "params">): Close;
  list(): readonly CallRecord[];
  clear(): void;
};
type Close = (status: number | null, faulted: string | false) => void;

const SECRET = /password|secret|token|signature/i;

/** Makes an empty log over the real clock in milliseconds. Numbers go on after a clear. */
export function createCalls(real: () => number): Calls {
  const records = new Map<number, CallRecord>();
  let n = 0;
  return {
    open: ({ service, action, params }) => {
      n += 1;
      const number = n;
      const came = { n, time: new Date(real()).toISOString(), service, action, params: mask(params) };
      records.set(number, { ...came, status: null, faulted: false });
      return (status, faulted) => {
        if (records.has(number)) records.set(number, { ...came, status, faulted });
      };
    },
    list: () => [...records.values()],
    clear: () => records.clear(),
  };
}

function mask(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, SECRET.test(name) ? "***" : value]));
}
