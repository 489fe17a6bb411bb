import type { Language } from "../../shared/language.ts";
import type { Logger } from "../../shared/log.ts";
import type { Jeedom } from "./jeedom.ts";
import type { PreparedMeter, QuantityCommands } from "./prepare.ts";
import type { CommandRef, Quantity, ValueQuantity } from "./quantity.ts";
import type { SeriesPlace } from "./series-quantity.ts";

export interface SeriesCommands extends QuantityCommands {
  /** Null where the place has none. */
  readonly next: CommandRef | null;
}

interface Wanted {
  readonly name: string;
  readonly quantities: Map<string, Quantity>;
  readonly values: Map<string, ValueQuantity>;
}

/**
 * The commands of the series, made on the box where they are missing. What has been asked for once is asked for together
 * the next time, so that a run looks at each equipment once.
 */
export class Equipment {
  readonly #jeedom: Jeedom;
  readonly #log: Logger;
  readonly #language: Language;
  readonly #wanted = new Map<string, Wanted>();
  readonly #prepared = new Map<string, PreparedMeter>();

  constructor(jeedom: Jeedom, { log, language }: { readonly log: Logger; readonly language: Language }) {
    this.#jeedom = jeedom;
    this.#log = log;
    this.#language = language;
  }

  /** The box is looked at anew. */
  forget(): void {
    this.#prepared.clear();
  }

  /** @throws JeedomFailure */
  async commandsOf(place: SeriesPlace, signal: AbortSignal): Promise<SeriesCommands> {
    const { equipment, quantity, next } = place;
    this.#want(place);
    const known = this.#prepared.get(equipment.ref);
    const prepared = known?.commands.has(quantity.id) ? known : await this.#prepare(equipment.ref, signal);
    const commands = prepared.commands.get(quantity.id);
    if (!commands) throw new Error(`Jeedom's commands of ${quantity.id} were not prepared`);
    return { ...commands, next: next === null ? null : (prepared.values.get(next.id) ?? null) };
  }

  #want({ equipment, quantity, next }: SeriesPlace): void {
    const { ref, name } = equipment;
    const wanted = this.#wanted.get(ref) ?? { name, quantities: new Map(), values: new Map() };
    wanted.quantities.set(quantity.id, quantity);
    if (next) wanted.values.set(next.id, next);
    this.#wanted.set(ref, wanted);
  }

  async #prepare(ref: string, signal: AbortSignal): Promise<PreparedMeter> {
    const wanted = this.#wanted.get(ref);
    const { name = "", quantities = new Map(), values = new Map() } = wanted ?? {};
    const request = { ref, name, quantities: [...quantities.values()], values: [...values.values()] };
    const prepared = await this.#jeedom.prepare(request, signal);
    this.#prepared.set(ref, prepared);
    if (prepared.created.length > 0)
      this.#log.info({ equipment: name, commands: prepared.created.length }, "made on Jeedom");
    for (const warning of prepared.warnings) this.#log.warn(warning[this.#language]);
    return prepared;
  }
}
