import type { Box, Door } from "./box.ts";
import {
  anything,
  type CommandRow,
  type CurrentValue,
  commandList,
  currentValue,
  type EquipmentRow,
  equipmentList,
  type HistoryRow,
  historyList,
  saved,
} from "./messages.ts";

/** Box, door and signal that a series of calls shares. */
export interface Line {
  readonly box: Box;
  readonly door: Door;
  readonly signal: AbortSignal;
}

/** Every equipment of the plugin Virtuel, the user's own included: there is no method by logical id. */
export const listEquipment = ({ box, door, signal }: Line): Promise<readonly EquipmentRow[]> =>
  box.call({ method: "eqLogic::byType", params: { type: "virtual" }, door }, equipmentList, signal);

export const listCommands = ({ box, door, signal }: Line, equipmentId: number): Promise<readonly CommandRow[]> =>
  box.call({ method: "cmd::byEqLogicId", params: { eqLogic_id: equipmentId }, door }, commandList, signal);

/** A new equipment: without `isEnable` it would be disabled, and with `cmd` a later save would delete commands. */
export const createEquipment = (
  { box, door, signal }: Line,
  { name, logicalId }: { readonly name: string; readonly logicalId: string },
): Promise<number> => {
  const shown = { isEnable: 1, isVisible: 1, category: { energy: 1 } };
  const params = { eqType_name: "virtual", name, logicalId, ...shown };
  return box.call({ method: "eqLogic::save", params, door }, saved, signal);
};

export interface NewCommand {
  readonly equipmentId: number;
  readonly name: string;
  readonly logicalId: string;
  readonly subType: "numeric" | "string";
  readonly unit: string;
  readonly genericType: string | null;
  readonly isHistorised: boolean;
}

/** A new command. With history it keeps every point for ever: by default each night makes one average an hour of them. */
export const createCommand = ({ box, door, signal }: Line, command: NewCommand): Promise<number> => {
  const params = {
    eqType_name: "virtual",
    eqLogic_id: command.equipmentId,
    name: command.name,
    logicalId: command.logicalId,
    type: "info",
    subType: command.subType,
    unite: command.unit,
    isVisible: command.isHistorised ? 0 : 1,
    isHistorized: command.isHistorised ? 1 : 0,
    ...(command.genericType === null ? {} : { generic_type: command.genericType }),
    ...(command.isHistorised ? { configuration: { historizeMode: "none", historyPurge: "never" } } : {}),
  };
  return box.call({ method: "cmd::save", params, door }, saved, signal);
};

/** Resolves when the box has said "ok", which proves nothing. Without a datetime the value is of now. */
export const sendEvent = async (
  { box, door, signal }: Line,
  event: { readonly id: number; readonly value: string; readonly datetime?: string },
): Promise<void> => {
  await box.call({ method: "cmd::event", params: { ...event }, door }, anything, signal);
};

/** Rows of the span, both ends included, ascending; a corrected one beside its archived twin until the next night. */
export const loadHistory = (
  { box, door, signal }: Line,
  { id, from, to }: { readonly id: number; readonly from: string; readonly to: string },
): Promise<readonly HistoryRow[]> =>
  box.call({ method: "cmd::getHistory", params: { id, startTime: from, endTime: to }, door }, historyList, signal);

export const loadCurrent = ({ box, door, signal }: Line, id: number): Promise<CurrentValue> =>
  box.call({ method: "cmd::execCmd", params: { id, options: null }, door }, currentValue, signal);
