import type { BillAnswer } from "../../../server/api/bill.ts";
import { Problem } from "../../kit/problem.tsx";
import { language, t } from "../../language.ts";
import { hrefOf } from "../../navigation.ts";
import { type BillNote, doubtText, gapNotes, qualityNote } from "./bill-words.ts";
import { texts } from "./texts.ts";

const actions = {
  contrat: () => ({ label: t(texts.giveContract), href: hrefOf("couts", { partie: "contrat" }) }),
  qualite: () => ({ label: t(texts.seeDays), href: hrefOf("qualite") }),
  tempo: () => ({ label: t(texts.seeTempo), href: hrefOf("tempo") }),
} as const;

/** What a bill lacks and what is doubtful about it, each with what can be done. */
export function BillNotes({ bill }: { readonly bill: BillAnswer }) {
  const spoken = language.value;
  const quality = qualityNote(bill, spoken);
  return (
    <>
      <Doubts doubts={bill.planDoubts} />
      {gapNotes(bill, spoken).map((note) => (
        <Note key={note.text} note={note} />
      ))}
      {quality !== null && <Problem text={quality} tone="note" />}
    </>
  );
}

const Note = ({ note: { text, to } }: { readonly note: BillNote }) => (
  <Problem text={text} tone="note" {...(to === null ? {} : { action: actions[to]() })} />
);

export const Doubts = ({ doubts }: { readonly doubts: BillAnswer["planDoubts"] }) => (
  <>
    {doubts.map((doubt) => (
      <Problem key={doubt.code} text={doubtText(doubt, language.value)} action={actions.contrat()} />
    ))}
  </>
);
