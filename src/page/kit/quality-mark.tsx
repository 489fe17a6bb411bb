import "./quality-mark.css";
import type { Text } from "../../shared/language.ts";
import { t } from "../language.ts";
import { kitTexts } from "./texts.ts";

/** What is to be known of a value beside the value. */
export const qualities = ["complete", "estimated", "partial", "disagreeing", "corrected", "unknown"] as const;
export type QualityName = (typeof qualities)[number];

export const qualityNames: Readonly<Record<QualityName, Text>> = {
  complete: kitTexts.measured,
  estimated: kitTexts.estimated,
  partial: kitTexts.partial,
  disagreeing: kitTexts.disagreeing,
  corrected: kitTexts.corrected,
  unknown: kitTexts.unknown,
};

/** The same pattern as in the charts, with its word. */
export const QualityMark = ({ quality }: { readonly quality: QualityName }) => (
  <span class="quality-mark small" title={t(qualityNames[quality])}>
    <span class={`quality-sample ${quality}`} aria-hidden="true" />
    <span class="quality-word">{t(qualityNames[quality])}</span>
  </span>
);
