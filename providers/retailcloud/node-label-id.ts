/** A label of the nodes of one cluster. */
export type NodeLabelParts = { readonly cluster: string; readonly labelKey: string; readonly labelValue: string };

/** The id that cairn gives a node label, because no action takes the API's own: `<cluster>/<key>=<value>`. */
export function nodeLabelId({ cluster, labelKey, labelValue }: NodeLabelParts): string {
  return `${cluster}/${labelKey}=${labelValue}`;
}

/** The parts of such an id; undefined where it is of another form. */
export function nodeLabelParts(id: string): NodeLabelParts | undefined {
  const match = /^([^/]+)\/([^=]+)=(.*)$/s.exec(id);
  if (match === null) return undefined;
  const [, cluster = "", labelKey = "", labelValue = ""] = match;
  return { cluster, labelKey, labelValue };
}
