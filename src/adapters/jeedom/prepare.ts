import type { Text } from "../../shared/language.ts";
import { createCommand, createEquipment, type Line, listCommands, listEquipment, type NewCommand } from "./calls.ts";
import { failure } from "./failure.ts";
import type { CommandRow, EquipmentRow } from "./messages.ts";
import { cleanName, freeName } from "./names.ts";
import type { CommandRef, HistoryCommand, Quantity, ValueQuantity } from "./quantity.ts";

export interface MeterRequest {
  /** Names the meter for ever; part of the equipment's logical id. */
  readonly ref: string;
  /** Shown once, when the equipment is made; afterwards the name is the user's. */
  readonly name: string;
  readonly quantities: readonly Quantity[];
  /** Default none. */
  readonly values?: readonly ValueQuantity[];
}

export interface PreparedMeter {
  readonly equipmentId: number;
  /** By the quantity's id. */
  readonly commands: ReadonlyMap<string, QuantityCommands>;
  /** Commands without history, by the id of what they tell. */
  readonly values: ReadonlyMap<string, CommandRef>;
  /** Commands that were made just now, and have never held a value. */
  readonly created: readonly CommandRef[];
  /** For the user: what was changed on the box and spoils what is sent. */
  readonly warnings: readonly Text[];
}

export interface QuantityCommands {
  readonly history: HistoryCommand;
  readonly current: CommandRef;
}

/** The commands that the request wants, by their logical ids. */
interface Wanted {
  readonly quantity: ValueQuantity;
  readonly logicalId: string;
  readonly name: string;
  readonly isHistorised: boolean;
}

/**
 * Makes what is missing on the box, one thing at a time, and finds the rest by its logical id. What is there is never
 * changed: names, rooms and visibility are the user's.
 * @throws JeedomFailure also where the user has disabled the equipment, or a command's history.
 */
export async function prepareMeter(line: Line, request: MeterRequest): Promise<PreparedMeter> {
  const equipment = await ensureEquipment(line, request);
  const known = await listCommands(line, equipment.id);
  const missing = wantedBy(request).filter(({ logicalId }) => !known.some((row) => row.logicalId === logicalId));
  const names = known.map(({ name }) => name);
  for (const wanted of missing) {
    const name = freeName(wanted.name, names);
    names.push(name);
    await createCommand(line, newCommand(equipment.id, name, wanted));
  }
  const rows = missing.length === 0 ? known : await listCommands(line, equipment.id);
  return prepared(line, request, equipment, rows, missing);
}

/** Of the logical ids of our equipment. */
const ownPrefix = "linky_bridge:";

export const isOwn = ({ logicalId }: Pick<EquipmentRow, "logicalId">): boolean => logicalId.startsWith(ownPrefix);

/** Read back after it was made, because only the list tells what the box has kept. */
async function ensureEquipment(line: Line, { ref, name }: MeterRequest): Promise<EquipmentRow> {
  const logicalId = `${ownPrefix}${ref}`;
  let row = oldest(await listEquipment(line), logicalId);
  if (!row) {
    await createEquipment(line, { name: cleanName(name) || "Linky", logicalId });
    row = oldest(await listEquipment(line), logicalId);
  }
  if (!row) throw failure("not_stored", line.box.facts(logicalId));
  if (!row.isEnabled) throw failure("equipment_disabled", line.box.facts(row.name));
  return row;
}

/** A copy that the user made of the equipment bears its logical id too. */
const oldest = (rows: readonly EquipmentRow[], logicalId: string): EquipmentRow | undefined =>
  rows.filter((row) => row.logicalId === logicalId).sort((a, b) => a.id - b.id)[0];

const currentId = ({ id }: ValueQuantity): string => `${id}_last`;

const wantedBy = ({ quantities, values = [] }: MeterRequest): readonly Wanted[] => [
  ...quantities.flatMap((quantity) => [
    wantedValue(quantity),
    { quantity, logicalId: quantity.id, name: quantity.historyName, isHistorised: true },
  ]),
  ...values.map(wantedValue),
];

const wantedValue = (quantity: ValueQuantity): Wanted => ({
  quantity,
  logicalId: currentId(quantity),
  name: quantity.currentName,
  isHistorised: false,
});

/** A generic type leads other programs, and scenarios of a whole house, to the command: never to the one with history. */
const newCommand = (equipmentId: number, name: string, { quantity, logicalId, isHistorised }: Wanted): NewCommand => ({
  equipmentId,
  name,
  logicalId,
  subType: quantity.subType,
  unit: quantity.unit,
  genericType: isHistorised ? null : quantity.genericType,
  isHistorised,
});

function prepared(
  { box }: Line,
  request: MeterRequest,
  equipment: EquipmentRow,
  rows: readonly CommandRow[],
  missing: readonly Wanted[],
): PreparedMeter {
  const find = (logicalId: string): CommandRow => {
    const row = rows.find((one) => one.logicalId === logicalId);
    if (!row) throw failure("not_stored", box.facts(logicalId));
    return row;
  };
  const refOf = (row: CommandRow, { subType }: ValueQuantity): CommandRef => ({
    id: row.id,
    equipmentId: equipment.id,
    logicalId: row.logicalId,
    subType,
  });
  const commands = new Map<string, QuantityCommands>();
  const warnings: Text[] = [];
  for (const quantity of request.quantities) {
    const row = find(quantity.id);
    if (!row.isHistorised) throw failure("not_historised", box.facts(row.name));
    if (row.historizeMode !== "none") warnings.push(averaged(row.name));
    const history = { ...refOf(row, quantity), merge: quantity.merge };
    commands.set(quantity.id, { history, current: refOf(find(currentId(quantity)), quantity) });
  }
  const values = new Map(
    (request.values ?? []).map((quantity) => [quantity.id, refOf(find(currentId(quantity)), quantity)]),
  );
  const created = missing.map(({ quantity, logicalId }) => refOf(find(logicalId), quantity));
  return { equipmentId: equipment.id, commands, values, created, warnings };
}

const averaged = (name: string): Text => ({
  fr: `Jeedom lisse l'historique de la commande « ${name} » : chaque nuit, il n'en garde qu'une valeur par heure. Mettez son mode de lissage sur « Aucun » dans sa configuration avancée, onglet Historique.`,
  en: `Jeedom smooths the history of the command "${name}": every night it keeps only one value an hour of it. Set its smoothing mode to "None" in its advanced configuration, History tab.`,
});
