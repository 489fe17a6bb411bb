import { z } from "zod";
import { flagField, idField, mapField } from "../method.ts";
import { Refusal } from "../refusal.ts";
import type { Command } from "../tables.ts";
import type { World } from "../world.ts";

/** What `cmd::save`, and each entry of the `cmd` list of `eqLogic::save`, may set. */
export const commandFields = {
  id: idField,
  eqLogic_id: idField,
  name: z.string().optional(),
  logicalId: z.string().optional(),
  type: z.string().optional(),
  subType: z.string().optional(),
  unite: z.string().optional(),
  isHistorized: flagField,
  isVisible: flagField,
  generic_type: z.string().nullish(),
  order: z.number().optional(),
  configuration: mapField,
};
export type SentCommand = z.infer<z.ZodObject<typeof commandFields>>;

/** @throws Refusal unless the plugin of that type is there. */
export function requireType(typeName: string, { settings }: World): void {
  if (typeName !== "virtual" || !settings.hasVirtual)
    throw new Refusal(-32000, `Type incorrect (classe commande inexistante)${typeName}Cmd`);
}

const blank: Command = {
  id: 0,
  equipmentId: 0,
  name: "",
  logicalId: "",
  type: "",
  subType: "",
  unit: "",
  isHistorized: false,
  isVisible: true,
  genericType: null,
  order: 0,
  configuration: {},
};

/** Creates the command, or changes of a known one what is given. @throws Refusal */
export function savedCommand({ tables }: World, sent: SentCommand): { readonly row: Command; readonly isNew: boolean } {
  const known = tables.command(sent.id);
  const row = tables.saveCommand(merged(known ?? blank, sent));
  return { row, isNew: known === undefined };
}

function merged(row: Command, sent: SentCommand): Command {
  const type = sent.type ?? row.type;
  return {
    ...row,
    equipmentId: sent.eqLogic_id || row.equipmentId,
    name: sent.name ?? row.name,
    logicalId: sent.logicalId ?? row.logicalId,
    type,
    subType: sent.subType ?? row.subType,
    unit: sent.unite ?? row.unit,
    // An action has no history.
    isHistorized: type !== "action" && (sent.isHistorized ?? row.isHistorized),
    isVisible: sent.isVisible ?? row.isVisible,
    genericType: sent.generic_type === undefined ? row.genericType : sent.generic_type,
    order: sent.order ?? row.order,
    configuration: { ...row.configuration, ...sent.configuration },
  };
}
