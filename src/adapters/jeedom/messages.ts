import { z } from "zod";

/** PHP answers "ok" wherever the result is empty: for a list that is an empty list. */
const listOf = <Item extends z.ZodType>(item: Item) =>
  z.union([z.literal("ok").transform((): z.infer<Item>[] => []), z.array(item)]);

/** A text in an answer to an insert, a number afterwards. */
const id = z.coerce.number().int().positive();
/** 1, "1" and true are yes. */
const flag = z.union([z.number(), z.string(), z.boolean(), z.null()]).transform((value) => Number(value) === 1);
/** Attributes; an empty map is told as a list. */
const attributes = z
  .union([z.record(z.string(), z.unknown()), z.array(z.unknown()).transform((): Record<string, unknown> => ({}))])
  .nullish()
  .transform((value) => value ?? {});
const text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => String(value ?? ""));
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const equipmentRow = z
  .looseObject({ id, name: text, logicalId: text, isEnable: flag })
  .transform((row) => ({ id: row.id, name: row.name, logicalId: row.logicalId, isEnabled: row.isEnable }));
export type EquipmentRow = z.infer<typeof equipmentRow>;

export const commandRow = z
  .looseObject({ id, name: text, logicalId: text, isHistorized: flag, configuration: attributes })
  .transform((row) => ({
    id: row.id,
    name: row.name,
    logicalId: row.logicalId,
    isHistorised: row.isHistorized,
    historizeMode: row.configuration.historizeMode ?? "avg",
  }));
export type CommandRow = z.infer<typeof commandRow>;

export const historyRow = z
  .looseObject({ datetime: z.string(), value: text })
  .transform((row) => ({ datetime: row.datetime, value: row.value }));
export type HistoryRow = z.infer<typeof historyRow>;

/** Before the first event the date is that of the question. */
export const currentValue = z
  .looseObject({ value: value.optional(), collectDate: text })
  .transform((row) => ({ value: row.value ?? null, collectDate: row.collectDate }));
export type CurrentValue = z.infer<typeof currentValue>;

export const equipmentList = listOf(equipmentRow);
export const commandList = listOf(commandRow);
export const historyList = listOf(historyRow);
export const pluginList = listOf(z.looseObject({ id: z.string() }).transform((plugin) => plugin.id));
export const saved = z.looseObject({ id }).transform((row) => row.id);
export const pong = z.literal("pong");
export const version = z.string().regex(/^\d+\.\d+/);
/** "ok" where there is none. */
export const setting = z.union([z.literal("ok").transform(() => null), z.string()]);
/** Says nothing about what was stored. */
export const anything = z.unknown();
