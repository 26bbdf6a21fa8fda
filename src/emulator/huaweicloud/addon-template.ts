import { versionOf } from "./addon-values.ts";
import { cceCatalogue as catalogue } from "./catalogue/cce.ts";
import { type Operation, operation } from "./operation.ts";
import { type Template, templates } from "./templates.ts";

/** The operation on what can be installed. */
export const addonTemplateOperations: Record<"ListAddonTemplates", Operation> = {
  ListAddonTemplates: operation(catalogue.ListAddonTemplates, ({ query: { addon_template_name: name } }, { shown }) => {
    const wanted = templates.filter((template) => template.name === (name || template.name));
    const items = shown(wanted, Boolean(name)).map(templateAnswer);
    return { status: 200, body: { kind: "Addon", apiVersion: "v3", items } };
  }),
};

function templateAnswer(template: Template): object {
  const { name, label, description, versions } = template;
  const supportVersions = [{ clusterType: "VirtualMachine", clusterVersion: ["v1.(2[1-9]|3[0-9]).*"] }];
  return {
    kind: "Addon",
    apiVersion: "v3",
    metadata: { uid: name, name },
    spec: {
      ...{ type: "helm", require: false, labels: [label], logoURL: "", readmeURL: "", description },
      versions: versions.map((version) => ({ ...versionOf(template, version), supportVersions })),
    },
  };
}
