import { z } from "zod";
import { text } from "./fields.ts";

const key = z.string().max(80);

export const settingField = z.strictObject({
  key: z.string().describe("Name of the part within an object of the list"),
  name: text,
  meaning: text,
  type: z.enum(["text", "boolean", "choice"]),
  choices: z.array(z.string()).readonly(),
});

export const setting = z.strictObject({
  key: z.string().describe("The option's key; never changes"),
  group: z.enum(["gateway", "homeAssistant", "tariff", "mqtt", "exports", "server", "general"]),
  name: text,
  meaning: text,
  advice: text.describe("When to change it"),
  type: z
    .enum(["text", "secret", "number", "boolean", "choice", "choices", "objects"])
    .describe("What the value is; choices: a list of words; objects: a list of objects"),
  choices: z.array(z.string()).readonly().describe("Of a choice or several"),
  range: z.strictObject({ from: z.number(), to: z.number() }).nullable().describe("Of a number, both included"),
  fields: z.array(settingField).readonly().describe("Of a list of objects"),
  value: z.unknown().describe("The value that counts; null for a secret and where nothing is set"),
  isSet: z.boolean().describe("Whether anything is set, the value of a secret included"),
  isSecret: z.boolean(),
  isSettable: z.boolean().describe("Whether it can be changed here"),
  isUnreadable: z.boolean().describe("Whether its secret can no longer be read and has to be given again"),
  source: z
    .enum(["commandLine", "page", "environment", "options", "default"])
    .describe("Where the value that counts is set; only `page` can be taken away here"),
  fallback: text.describe("The value when nothing is set, in words"),
  environment: z.array(z.string()).readonly().describe("Its environment variables, the preferred one first"),
});
export type Setting = z.infer<typeof setting>;

export const settingsAnswer = z.strictObject({ settings: z.array(setting).readonly() });
export type SettingsAnswer = z.infer<typeof settingsAnswer>;

export const changedSettingsAnswer = settingsAnswer.extend({
  isChanged: z
    .boolean()
    .describe(
      "Whether anything is otherwise than before: the service then starts anew within seconds, and so does the API",
    ),
});
export type ChangedSettingsAnswer = z.infer<typeof changedSettingsAnswer>;

const word = z.union([z.string(), z.number(), z.boolean()]);
export const changes = z
  .record(key, z.union([word, z.null(), z.array(z.union([word, z.record(key, z.union([word, z.null()]))]))]))
  .describe("Values by the option's key; null takes a value of the page away");

export const changeSettingsBody = z.strictObject({ changes });
export type ChangeSettingsBody = z.infer<typeof changeSettingsBody>;

export const settingParams = z.strictObject({ key: key.describe("The option's key") });

/** What can be tried. */
export const connections = [
  "gateway",
  "mqtt",
  "homeassistant",
  "victoriametrics",
  "jeedom",
  "homeassistant_states",
] as const;
export type ConnectionName = (typeof connections)[number];

export const connectionParams = z.strictObject({
  connection: z.enum(connections).describe("What to try"),
});

export const tryBody = z.strictObject({
  changes: changes.default({}).describe("Values to try beside those in force; they are not kept"),
});
export type TryBody = z.infer<typeof tryBody>;

export const tryAnswer = z.strictObject({
  ok: z.boolean().describe("Whether the connection can be used"),
  sentence: text.describe("What is wrong and what to do, or that all is well"),
  steps: z.array(z.strictObject({ ok: z.boolean(), text })).describe("Each step of the trial, in order"),
});
export type TryAnswer = z.infer<typeof tryAnswer>;
