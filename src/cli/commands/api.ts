import type { ApiCall, ApiCalls } from "../../core/api-call.ts";
import { CairnError, failure, fault } from "../../core/errors.ts";
import { prepareCall } from "../../core/prepare-call.ts";
import { diagnosticWithoutTexts, secretTexts, withoutTexts } from "../../core/secret-texts.ts";
import { didYouMean } from "../../core/suggest.ts";
import type { Fields } from "../../core/values.ts";
import { jsonText } from "../../render/json-text.ts";
import { visibleAnswer } from "../../render/visible-answer.ts";
import { givenParams } from "../call-params.ts";
import { askConsent, requireConsent } from "../confirm.ts";
import type { Project } from "../project.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** A call, and the provider alias over which it is to be made. */
type Chosen = { readonly alias: string; readonly calls: ApiCalls; readonly call: ApiCall };

/** `cairn api ACTION`: makes one call of a provider's API and shows its answer. Reads no manifest and no ledger. */
export function runApi(context: RunContext): Promise<number> {
  const { options, output } = context;
  const given = givenParams(context);
  return withSession(
    context,
    options,
    async (session) => {
      const chosen = await choose(session.project, context);
      const { params, faults } = prepareCall(chosen.call, given.params);
      const visible = chosen.call.parameters.filter(({ name, isSecret }) => isSecret && given.literal.has(name));
      await output.diagnostics(visible.map(({ name }) => exposed(name)));
      if (faults.length > 0) throw new CairnError(faults);
      await consent(context, session, chosen);
      const secrets = secretTexts(chosen.call.parameters, params);
      const answer = await send(session, chosen, params, secrets);
      const shown = withoutTexts(visibleAnswer(answer), secrets) as Fields;
      output.json(shown);
      output.text(jsonText(shown));
      return 0;
    },
    { manifests: false },
  );
}

/** The one configured alias whose API has the call; `--provider` decides where there are several. */
async function choose({ clouds, providerOf }: Project, { options, arguments: args }: RunContext): Promise<Chosen> {
  const [name = ""] = args;
  const aliases = options.provider === undefined ? [...clouds.keys()] : [options.provider];
  const known = await Promise.all(
    aliases.map(async (alias) => ({ alias, calls: await providerOf(alias).provider.calls() })),
  );
  const found = known.flatMap(({ alias, calls }): Chosen[] => {
    const call = calls.all.find((one) => one.name === name);
    return call === undefined ? [] : [{ alias, calls, call }];
  });
  const [first, second] = found;
  if (first === undefined) {
    const names = known.flatMap(({ calls }) => calls.all.map((one) => one.name));
    const where = aliases.length === 0 ? "no provider is configured" : `${aliases.join(", ")} has no call "${name}"`;
    throw failure("E_USAGE", where, { help: didYouMean(name, names, "the names are those of the vendor's API") });
  }
  if (second === undefined) return first;
  throw failure("E_USAGE", `${name} is a call of ${found.map(({ alias }) => alias).join(" and ")}`, {
    help: "add --provider and one of these",
  });
}

function exposed(name: string) {
  const message = `--param ${name}: every user of this machine can read it in the list of processes`;
  const help = `write ${name}=@FILE or '${name}=$NAME'`;
  return { ...fault("E_SECRET", message, { help }), severity: "warning" } as const;
}

async function consent(context: RunContext, { project }: Session, { alias, call }: Chosen): Promise<void> {
  if (!call.mutating) return;
  requireConsent(context, `api ${call.name}`);
  const { endpoint = alias } = project.clouds.get(alias) ?? {};
  await askConsent(context, `Send ${call.name} to ${endpoint}?`);
}

/** A cloud may quote in its refusal what it was sent. */
async function send(
  { connections }: Session,
  { alias, calls, call }: Chosen,
  params: Fields,
  secrets: readonly string[],
): Promise<Fields> {
  try {
    return await calls.send(await connections.api(alias), call.name, params);
  } catch (error) {
    if (!(error instanceof CairnError)) throw error;
    throw new CairnError(error.diagnostics.map((one) => diagnosticWithoutTexts(one, secrets)));
  }
}
