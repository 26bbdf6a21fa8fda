import type { Exported } from "../core/export-manifests.ts";
import type { Fields } from "../core/values.ts";
import { exportedConfig } from "../manifest/exported-config.ts";
import { writtenSettings } from "./export-settings.ts";
import type { RunContext } from "./run.ts";
import type { Session } from "./session.ts";

/**
 * `cairn.yaml` of exported manifests, and the environment variables that its credentials come from: the project's name, and the
 * providers in whose clouds something was found, configured as here.
 */
export function configForExport(
  { project }: Pick<Session, "project">,
  { world: { env } }: Pick<RunContext, "world">,
  { manifests, needed }: Exported,
): { readonly text: string; readonly variables: readonly string[] } {
  const written = [...project.clouds.keys()].flatMap((alias) => {
    const { provider, settings, sources } = project.providerOf(alias);
    const isOwn = provider.name === alias;
    const isUsed = manifests.some(({ kind, metadata }) =>
      isOwn
        ? metadata["provider"] === undefined && provider.kinds.some((one) => one.kind === kind)
        : metadata["provider"] === alias,
    );
    const own = writtenSettings({ alias, schema: provider.settings, settings, sources, env });
    return isUsed ? [{ ...own, alias, provider: provider.name, isOwn }] : [];
  });
  const own = written.filter(({ isOwn }) => isOwn).map(({ alias, settings }): [string, Fields] => [alias, settings]);
  const aliases = written
    .filter(({ isOwn }) => !isOwn)
    .map(({ alias, provider, settings }): [string, Fields] => [alias, { provider, ...settings }]);
  const providers: Fields = {
    ...Object.fromEntries(own),
    ...(aliases.length === 0 ? {} : { aliases: Object.fromEntries(aliases) }),
  };
  const variables = [...new Set(written.flatMap((one) => one.variables))];
  const { name, pace } = project;
  return { text: exportedConfig({ project: name, providers, pace, credentials: variables, needed }), variables };
}
