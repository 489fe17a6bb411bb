/** Told while statistics are written: a first import takes minutes on Home Assistant's side. */
export interface StatisticsProgress {
  readonly statisticId: string;
  readonly writtenRows: number;
  readonly allRows: number;
}
