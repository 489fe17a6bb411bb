import type { Instant, UsagePointId } from "../../domain/units.ts";
import type { Subject } from "../../domain/usage-point.ts";
import type { AnsweredDay } from "../../sync/store.ts";
import { arrayText, batchesOf, lastOfEach, type Queries, timestamp } from "./arguments.ts";

interface Answers {
  readonly usagePoint: UsagePointId;
  readonly subject: Subject;
  readonly answers: readonly AnsweredDay[];
  readonly at: Instant;
}

/**
 * Records what each day was asked and answered. A question is known by its instant: the same one told twice (a crash
 * between commit and acknowledgement) counts once, and the same answer to it writes nothing.
 */
export async function saveAnswers(tx: Queries, input: Answers): Promise<void> {
  for (const batch of batchesOf(lastOfEach(input.answers, (day) => day.date))) await saveBatch(tx, input, batch);
}

async function saveBatch(tx: Queries, { usagePoint, subject, at }: Answers, batch: readonly AnsweredDay[]) {
  await tx`
    insert into inquiry (usage_point_id, subject, date, asked_at, answer, tries)
    select ${usagePoint}, ${subject}::subject, given.date, asked.at, given.answer,
      case
        when given.answer = 'complete' then 0
        when former.asked_at = asked.at then greatest(former.tries, 1)
        else least(coalesce(former.tries, 0) + 1, 32767)
      end
    from unnest(
      ${arrayText(batch.map((day) => day.date))}::text::date[],
      ${arrayText(batch.map((day) => day.answer))}::text::answer[]
    ) as given (date, answer)
    cross join (select ${timestamp(tx, at)} as at) as asked
    left join lateral (
      select asked_at, answer, tries from inquiry
      where usage_point_id = ${usagePoint} and inquiry.subject = ${subject}::subject and inquiry.date = given.date
      limit 1
    ) as former on true
    where (former.asked_at, former.answer) is distinct from (asked.at, given.answer)
    on conflict (usage_point_id, subject, date)
      do update set asked_at = excluded.asked_at, answer = excluded.answer, tries = excluded.tries`;
}
