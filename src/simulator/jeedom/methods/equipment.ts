import { z } from "zod";
import { canCreate, canRead } from "../access.ts";
import { flagField, idField, mapField, method } from "../method.ts";
import { notAllowed, Refusal } from "../refusal.ts";
import type { Equipment } from "../tables.ts";
import type { World } from "../world.ts";
import { commandFields, requireType, savedCommand } from "./command-row.ts";
import { equipmentShape, freshly } from "./shapes.ts";

const saveFields = {
  id: idField,
  eqType_name: z.string().default(""),
  name: z.string().optional(),
  logicalId: z.string().nullish(),
  object_id: idField,
  isEnable: flagField,
  isVisible: flagField,
  category: mapField,
  configuration: mapField,
  cmd: z.array(z.object(commandFields)).optional(),
};
type Sent = z.infer<z.ZodObject<typeof saveFields>>;

export const equipmentMethods = [
  method("eqLogic::all", {}, (_params, { world, caller }) =>
    world.tables.equipment.filter(({ id }) => canRead(caller, id)).map(equipmentShape),
  ),
  method("eqLogic::byType", { type: z.string().default("") }, ({ type }, { world, caller }) =>
    world.tables.equipment.filter(({ id, typeName }) => typeName === type && canRead(caller, id)).map(equipmentShape),
  ),
  method("eqLogic::byId", { id: idField }, ({ id }, { world, caller }) => {
    const found = world.tables.equipmentOf(id);
    if (!found) throw new Refusal(602, `EqLogic introuvable : ${id}`);
    if (!canRead(caller, id)) throw notAllowed();
    return equipmentShape(found);
  }),
  method("eqLogic::save", saveFields, (sent, { world, caller }) => {
    requireType(sent.eqType_name, world);
    if (!canCreate(caller)) throw notAllowed();
    const known = world.tables.equipmentOf(sent.id);
    const saved = world.tables.saveEquipment(merged(known, sent));
    // What was there before the plugin's own command is made.
    const before = world.tables.commandsOf(saved.id);
    ensureRefresh(world, saved.id);
    if (sent.cmd)
      replaceCommands(
        world,
        saved.id,
        sent.cmd,
        before.map(({ id }) => id),
      );
    return known ? equipmentShape(saved) : freshly(equipmentShape(saved), saved.id);
  }),
];

/** A new equipment is disabled and hidden unless it is said otherwise. */
const blank: Equipment = {
  id: 0,
  name: "",
  logicalId: "",
  objectId: null,
  typeName: "virtual",
  isEnable: false,
  isVisible: false,
  category: {},
  configuration: {},
};

function merged(known: Equipment | undefined, sent: Sent): Equipment {
  const row = known ?? blank;
  return {
    ...row,
    name: sent.name ?? row.name,
    logicalId: sent.logicalId ?? row.logicalId,
    objectId: sent.object_id || row.objectId,
    isEnable: sent.isEnable ?? row.isEnable,
    isVisible: sent.isVisible ?? row.isVisible,
    category: { ...row.category, ...sent.category },
    configuration: { ...row.configuration, ...sent.configuration },
  };
}

/** The plugin gives every equipment an action that lists of commands leave alone. */
function ensureRefresh({ tables }: World, equipmentId: number): void {
  if (tables.commandsOf(equipmentId).some(({ logicalId }) => logicalId === "refresh")) return;
  tables.saveCommand({
    id: 0,
    equipmentId,
    name: "Rafraichir",
    logicalId: "refresh",
    type: "action",
    subType: "other",
    unit: "",
    isHistorized: false,
    isVisible: true,
    genericType: null,
    order: 0,
    configuration: {},
  });
}

/** Saves what is listed and removes, with its history, every command that was there and is not listed by its id. */
function replaceCommands(
  world: World,
  equipmentId: number,
  listed: NonNullable<Sent["cmd"]>,
  before: readonly number[],
): void {
  const ids = listed.map(
    (one, order) => savedCommand(world, { ...one, eqLogic_id: equipmentId, order: one.order ?? order }).row.id,
  );
  for (const id of before) {
    if (ids.includes(id) || world.tables.command(id)?.logicalId === "refresh") continue;
    world.tables.removeCommand(id);
    world.history.forget(id);
  }
}
