import { TextError } from "./shared/text-error.ts";

/** Why the demonstration home cannot be there. Codes never change. */
export class DemoTrouble extends TextError<string> {
  override readonly name = "DemoTrouble";
}

export const demoTroubles = {
  noRoom: (neededMb: number) =>
    new DemoTrouble("no_room", {
      fr: `Le foyer de démonstration a besoin de ${neededMb} Mo sur le disque, et il n'y a plus cette place : libérez-en, puis réessayez.`,
      en: `The demonstration home needs ${neededMb} MB of disk, and there is less left: free some, then try again.`,
    }),
  noMemory: (neededMb: number) =>
    new DemoTrouble("no_memory", {
      fr: `Le foyer de démonstration a besoin de ${neededMb} Mo de mémoire, et cette machine en a moins de libre : arrêtez un autre programme, puis réessayez.`,
      en: `The demonstration home needs ${neededMb} MB of memory, and this machine has less free: stop another program, then try again.`,
    }),
  tooSlow: () =>
    new DemoTrouble("too_slow", {
      fr: "Le foyer de démonstration n'a pas répondu à temps et a été arrêté : cette machine est trop occupée. Réessayez plus tard.",
      en: "The demonstration home did not answer in time and was stopped: this machine is too busy. Try again later.",
    }),
  failed: () =>
    new DemoTrouble("failed", {
      fr: "Le foyer de démonstration s'est arrêté sur une erreur ; le journal en dit plus. Rien de ce qui est à vous n'est touché.",
      en: "The demonstration home stopped with an error; the log tells more. Nothing of yours is touched.",
    }),
} as const;
