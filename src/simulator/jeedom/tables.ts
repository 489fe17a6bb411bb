import { cleanName, isSameName } from "./names.ts";
import { Refusal, sqlError } from "./refusal.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** A row of `eqLogic`. */
export interface Equipment {
  readonly id: number;
  readonly name: string;
  readonly logicalId: string;
  readonly objectId: number | null;
  readonly typeName: string;
  readonly isEnable: boolean;
  readonly isVisible: boolean;
  readonly category: Attributes;
  readonly configuration: Attributes;
}

/** A row of `cmd`. */
export interface Command {
  readonly id: number;
  readonly equipmentId: number;
  readonly name: string;
  readonly logicalId: string;
  readonly type: string;
  readonly subType: string;
  readonly unit: string;
  readonly isHistorized: boolean;
  readonly isVisible: boolean;
  readonly genericType: string | null;
  readonly order: number;
  readonly configuration: Attributes;
}

/** The two tables, with the checks and the unique keys that the core and MySQL put on them. */
export class Tables {
  readonly #equipment = new Map<number, Equipment>();
  readonly #commands = new Map<number, Command>();
  #lastId = 0;

  /** By name, as `eqLogic::byType` lists them. */
  get equipment(): readonly Equipment[] {
    return [...this.#equipment.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  equipmentOf(id: number): Equipment | undefined {
    return this.#equipment.get(id);
  }

  command(id: number): Command | undefined {
    return this.#commands.get(id);
  }

  /** By order, then by name. */
  commandsOf(equipmentId: number): readonly Command[] {
    return [...this.#commands.values()]
      .filter((command) => command.equipmentId === equipmentId)
      .sort((a, b) => a.order - b.order || a.name.localeCompare(b.name));
  }

  /** Inserts where the id is 0. (Name, object) is unique only where there is an object. @throws Refusal */
  saveEquipment(row: Equipment): Equipment {
    const saved = { ...row, name: cleanName(row.name), id: row.id || ++this.#lastId };
    if (saved.name === "")
      throw new Refusal(-32000, "Le nom de l'équipement ne peut pas être vide : virtual Object ()");
    const twin = this.equipment.find(
      ({ id, name, objectId }) =>
        id !== saved.id && objectId !== null && objectId === saved.objectId && isSameName(name, saved.name),
    );
    if (twin) throw duplicate(`${saved.name}-${saved.objectId}`, "INSERT INTO `eqLogic` SET `name` = :name");
    this.#equipment.set(saved.id, saved);
    return saved;
  }

  /** Inserts where the id is 0. (Equipment, name) is unique. @throws Refusal */
  saveCommand(row: Command): Command {
    const saved = { ...row, name: cleanName(row.name), id: row.id || ++this.#lastId };
    requireFields(saved);
    const twin = this.commandsOf(saved.equipmentId).find(
      ({ id, name }) => id !== saved.id && isSameName(name, saved.name),
    );
    if (twin) throw duplicate(`${saved.equipmentId}-${saved.name}`, "INSERT INTO `cmd` SET `name` = :name");
    this.#commands.set(saved.id, saved);
    return saved;
  }

  removeCommand(id: number): void {
    this.#commands.delete(id);
  }

  removeEquipment(id: number): void {
    for (const command of this.commandsOf(id)) this.removeCommand(command.id);
    this.#equipment.delete(id);
  }
}

function requireFields({ name, type, subType, equipmentId }: Command): void {
  const faults: readonly (readonly [boolean, string])[] = [
    [name === "", "Le nom de la commande ne peut pas être vide : cmd Object ()"],
    [type === "", `[${name}] Le type de la commande ne peut pas être vide : cmd Object ()`],
    [subType === "", `[${name}] Le sous-type de la commande ne peut pas être vide : cmd Object ()`],
    [equipmentId === 0, `[${name}] Vous ne pouvez pas créer une commande sans la rattacher à un équipement`],
  ];
  const fault = faults.find(([isWrong]) => isWrong);
  if (fault) throw new Refusal(-32000, fault[1]);
}

const duplicate = (entry: string, statement: string): Refusal =>
  sqlError(1062, `Duplicate entry '${entry}' for key 'unique'`, statement);
