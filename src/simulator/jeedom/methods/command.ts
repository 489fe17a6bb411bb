import { z } from "zod";
import { canCreate, canRead } from "../access.ts";
import { type Call, idField, method } from "../method.ts";
import { notAllowed, Refusal } from "../refusal.ts";
import type { Command } from "../tables.ts";
import { event } from "../values.ts";
import { commandFields, requireType, savedCommand } from "./command-row.ts";
import { commandShape, commandWithValue, freshly } from "./shapes.ts";

export const commandMethods = [
  method("cmd::byEqLogicId", { eqLogic_id: idField }, ({ eqLogic_id }, { world, caller }) =>
    world.tables
      .commandsOf(eqLogic_id)
      .filter(({ equipmentId }) => canRead(caller, equipmentId))
      .map((row) => commandWithValue(row, world)),
  ),
  method("cmd::byId", { id: idField }, ({ id }, call) => {
    const row = call.world.tables.command(id);
    if (!row) throw new Refusal(701, `Commande introuvable : ${id}`);
    return commandWithValue(readable(row, call), call.world);
  }),
  method("cmd::save", { ...commandFields, eqType_name: z.string().default("") }, (sent, { world, caller }) => {
    const known = world.tables.command(sent.id);
    if (known && !canRead(caller, known.equipmentId)) throw new Refusal(-32000, notAllowed().message);
    if (!known) requireType(sent.eqType_name, world);
    if (!known && !canCreate(caller)) throw notAllowed();
    const { row, isNew } = savedCommand(world, sent);
    return isNew ? freshly(commandShape(row), row.id) : commandShape(row);
  }),
  method(
    "cmd::event",
    { id: idField, value: z.unknown().optional(), datetime: z.string().nullish() },
    ({ id, value, datetime }, call) => {
      event(call.world, readable(found(id, call), call), { value, datetime: datetime ?? null });
      return null;
    },
  ),
  method(
    "cmd::getHistory",
    { id: idField, startTime: z.string().nullish(), endTime: z.string().nullish() },
    ({ id, startTime, endTime }, call) => {
      const { world } = call;
      const row = readable(found(id, call), call);
      const span = { from: startTime ?? null, to: endTime ?? null };
      return world.history.between(row.id, span).map((point) => ({ cmd_id: row.id, ...point }));
    },
  ),
  method("cmd::execCmd", { id: idField }, ({ id }, call) => {
    const { world } = call;
    const row = found(id, call);
    if (!canRead(call.caller, row.equipmentId)) throw new Refusal(-32000, notAllowed().message);
    if (row.type !== "info") return null;
    // Before the first event the date is that of the question.
    return world.values.current(row.id) ?? { value: null, collectDate: world.time.textAt(world.clock.now()) };
  }),
];

function found(id: number, { world }: Call): Command {
  const row = world.tables.command(id);
  if (!row) throw new Refusal(702, `Commande introuvable : ${id}`);
  return row;
}

function readable(row: Command, { caller }: Call): Command {
  if (!canRead(caller, row.equipmentId)) throw new Refusal(701, "Vous n'avez pas les droits sur cette commande");
  return row;
}
