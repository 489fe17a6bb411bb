import { dateAt } from "../domain/calendar.ts";
import { wh } from "../domain/units.ts";
import type { Language } from "../shared/language.ts";
import type { Energies } from "../sync/adoption/comparison.ts";
import { sentence } from "../sync/adoption/modes.ts";
import type { Preview } from "../sync/adoption/preview.ts";
import { priceWord } from "./adopt-done-words.ts";
import { type Asked, command, factLines, modeWord, roleWord, titleOf } from "./adopt-words.ts";
import { colon, counted, flowWord, kwh, periodInWords } from "./words.ts";

/** What would change, and the command that does it. */
export function previewLines(preview: Preview, asked: Asked, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  const { request, until, dashboard, waitingDays } = preview;
  const care = preview.modes.find(({ mode }) => mode === request.mode)?.care;
  const next = { ...asked, what: asked.what ?? request.tool, meter: request.usagePoint };
  return [
    `${titleOf(request.tool, request.find.named?.statisticId)}, PDL ${request.usagePoint}, ${flowWord[request.flow][language]}${colon[language]} ${modeWord[request.mode][language]}`,
    ...factLines(preview.facts, language),
    ...(until ? [say(`  Jusqu'au ${until} à 00:00.`, `  Up to ${until} 00:00.`)] : []),
    ...(care ? [`  ⚠ ${sentence(care)[language]}`] : []),
    say("  Ce qui serait écrit :", "  What would be written:"),
    ...preview.series.map((series) => `    ${writtenSeries(series, language)}`),
    ...energyLines(preview, language),
    ...(waitingDays === 0
      ? []
      : [
          say(
            `  ⚠ S'y ajoute ce que Linky Bridge n'a pas encore calculé : ${counted(waitingDays, ["jour", "jours"], "fr")}. Son prochain passage le fait.`,
            `  ⚠ What Linky Bridge has not worked out yet comes on top: ${counted(waitingDays, ["day", "days"], "en")}. Its next pass does it.`,
          ),
        ]),
    ...(dashboard
      ? [
          say(
            `  Énergie (tableau de bord) : ${dashboard.replaced.join(", ") || "en plus"} → ${dashboard.added.join(", ") || "retirée"}`,
            `  Energy Dashboard: ${dashboard.replaced.join(", ") || "besides"} → ${dashboard.added.join(", ") || "taken out"}`,
          ),
          ...(dashboard.dropsPrice ? [`    ${priceWord[language]}`] : []),
        ]
      : [say("  Énergie (tableau de bord) : rien à changer", "  Energy Dashboard: nothing to change")]),
    say(
      "  Rien n'a été changé. Les lignes d'origine seront gardées, et tout peut être annulé. Pour le faire :",
      "  Nothing was changed. The original rows will be kept, and all can be undone. To do it:",
    ),
    `    ${command(next, request.mode, "--yes")}`,
  ];
}

function writtenSeries(series: Preview["series"][number], language: Language): string {
  const rows = (count: number) => counted(count, language === "fr" ? ["ligne", "lignes"] : ["row", "rows"], language);
  const title = `${series.statisticId} (${roleWord(series.role, language)}, ${series.unit})${colon[language]}`;
  if (series.firstChange === null) return language === "fr" ? `${title} rien à changer` : `${title} nothing to change`;
  const since = dateAt(series.firstChange);
  return language === "fr"
    ? `${title} ${rows(series.newRows)} en plus, ${rows(series.changedRows)} réécrites, à partir du ${since}`
    : `${title} ${rows(series.newRows)} more, ${rows(series.changedRows)} rewritten, from ${since} on`;
}

/**
 * By tariff period, then by month (by year where there are more than two years), then in all: over the former tool's time
 * alone. What is known besides stands apart.
 */
function energyLines({ span, roles, months, total, added }: Preview, language: Language): string[] {
  const say = (fr: string, en: string) => (language === "fr" ? fr : en);
  if (span === null) return [];
  const periods = new Map<string, Energies>();
  for (const { name, formerWh, afterWh } of months) {
    const period = months.length > 24 ? name.slice(0, 4) : name;
    const sums = periods.get(period) ?? { formerWh: wh(0), afterWh: wh(0) };
    periods.set(period, { formerWh: wh(sums.formerWh + formerWh), afterWh: wh(sums.afterWh + afterWh) });
  }
  const isSplit = roles.some(({ name }) => name !== "total");
  const had = added.isPartial ? say(", ou pas en entier", ", or not whole") : "";
  return [
    say(
      `  Énergie avant → après, du ${span.from} au ${span.to} :`,
      `  Energy before → after, from ${span.from} to ${span.to}:`,
    ),
    ...(isSplit ? roles.map((role) => shiftLine(roleWord(role.name, language), role, language)) : []),
    ...[...periods].map(([period, sums]) => shiftLine(periodInWords(period, language), sums, language)),
    shiftLine(say("total", "total"), total, language),
    ...(added.days === 0
      ? []
      : [
          say(
            `  Et ${counted(added.days, ["jour", "jours"], "fr")} que l'ancien outil n'avait pas${had} : ${kwh(added.energyWh, "fr")}`,
            `  And ${counted(added.days, ["day", "days"], "en")} that the former tool did not have${had}: ${kwh(added.energyWh, "en")}`,
          ),
        ]),
  ];
}

function shiftLine(title: string, { formerWh, afterWh }: Energies, language: Language): string {
  const shift = afterWh - formerWh;
  const sign = shift > 0 ? "+" : "";
  return `    ${title}${colon[language]} ${kwh(formerWh, language)} → ${kwh(afterWh, language)} (${sign}${kwh(wh(shift), language)})`;
}
