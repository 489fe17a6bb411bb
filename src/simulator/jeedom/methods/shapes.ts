import { mapOrList } from "../php.ts";
import type { Command, Equipment } from "../tables.ts";
import type { World } from "../world.ts";

/** An equipment as the API tells it. */
export const equipmentShape = (row: Equipment): object => ({
  id: row.id,
  name: row.name,
  generic_type: null,
  logicalId: row.logicalId,
  object_id: row.objectId,
  eqType_name: row.typeName,
  configuration: mapOrList(row.configuration),
  isVisible: Number(row.isVisible),
  isEnable: Number(row.isEnable),
  status: [],
  timeout: null,
  category: mapOrList(row.category),
  display: [],
  order: 1,
  comment: null,
  tags: null,
});

/** A command as the API tells it: `isHistorized` is a text, because its column is one. */
export const commandShape = (row: Command): object => ({
  id: row.id,
  logicalId: row.logicalId,
  generic_type: row.genericType,
  eqType: "virtual",
  name: row.name,
  order: row.order,
  type: row.type,
  subType: row.subType,
  eqLogic_id: row.equipmentId,
  isHistorized: row.isHistorized ? "1" : "0",
  unite: row.unit,
  configuration: mapOrList(row.configuration),
  template: { dashboard: "core::default", mobile: "core::default" },
  display: [],
  value: null,
  isVisible: Number(row.isVisible),
  alert: [],
});

export const commandWithValue = (row: Command, { values }: World): object => ({
  ...commandShape(row),
  currentValue: values.current(row.id)?.value ?? null,
});

/** The answer to an insert: its id is the text that the database gives back. */
export const freshly = (shape: object, id: number): object => ({ ...shape, id: String(id) });
