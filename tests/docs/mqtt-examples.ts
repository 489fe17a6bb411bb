import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** docs/mqtt.md, taken apart. */
const document = readFileSync(join(import.meta.dirname, "..", "..", "docs", "mqtt.md"), "utf8");

/** A field of a topic that an example reads, by its path. */
export interface Read {
  readonly topic: string;
  readonly path: string;
}

/** The blocks of code under a heading. */
export function blocksUnder(heading: string): readonly string[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
}

/** Every topic that stands anywhere in the examples. */
export const topicsInExamples = (): readonly string[] =>
  [...document.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, code = ""]) =>
    [...code.matchAll(/myelectricaldata\/[\w/#]+/g)].map(([topic]) => topic),
  );

const flowSchema = z.array(
  z.looseObject({
    id: z.string(),
    type: z.string(),
    topic: z.string().default(""),
    broker: z.string().default(""),
    property: z.string().default(""),
    rules: z.array(z.looseObject({ to: z.string().default(""), v: z.string().default("") })).default([]),
    wires: z.array(z.array(z.string())).default([]),
  }),
);
export type FlowNode = z.infer<typeof flowSchema>[number];

export const nodeRedFlow = (): readonly FlowNode[] => flowSchema.parse(JSON.parse(blocksUnder("Node-RED").join("")));

/** What is read of each subscribed message, as far as it is not replaced by one of its fields. */
export function readByNodeRed(flow: readonly FlowNode[]): readonly Read[] {
  const follow = ({ wires }: FlowNode, topic: string): readonly Read[] =>
    wires.flat().flatMap((id) => {
      const node = flow.find((one) => one.id === id);
      if (node === undefined) throw new Error(`No node ${id}`);
      const properties = [node.property, ...node.rules.map(({ to }) => to)].filter((one) => one.startsWith("payload."));
      const read = properties.map((one) => ({ topic, path: one.slice("payload.".length) }));
      return [...read, ...(node.type === "change" ? [] : follow(node, topic))];
    });
  return flow.filter(({ type }) => type === "mqtt in").flatMap((node) => follow(node, node.topic));
}

export interface Channel extends Read {
  readonly name: string;
  readonly type: string;
}

export const openhabChannels = (): readonly Channel[] =>
  [
    ...(blocksUnder("openHAB")[0] ?? "").matchAll(
      /Type (\w+)\s*: (\w+)\s+"[^"]+"\s+\[ stateTopic="([^"]+)", transformationPattern="JSONPATH:\$\.([\w.]+)" \]/g,
    ),
  ].map(([, type = "", name = "", topic = "", path = ""]) => ({ type, name, topic, path }));

/** Each line of the Domoticz example: what is subscribed to, and what jq makes of it. */
export const domoticzLines = (): readonly { readonly topic: string; readonly program: string }[] =>
  [
    ...blocksUnder("Domoticz")
      .join("")
      .matchAll(/^mosquitto_sub .*?-t '([^']+)' \| jq .*? '(.+)' \| mosquitto_pub/gm),
  ].map(([, topic = "", program = ""]) => ({ topic, program }));
