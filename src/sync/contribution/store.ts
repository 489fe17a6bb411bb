import type { Instant } from "../../domain/units.ts";

/**
 * | state | a contribution |
 * |---|---|
 * | sent | was taken by the gateway, whose administrators look at it |
 * | refused | was found wrong by the gateway |
 * | failed | may not have arrived |
 */
const contributionStates = ["sent", "refused", "failed"] as const;

/** What was sent to the gateway, and what became of it. */
export interface SentContribution {
  readonly id: number;
  readonly sentAt: Instant;
  readonly offerName: string;
  readonly state: (typeof contributionStates)[number];
  /** The gateway's id of it. */
  readonly receipt: string | null;
  /** In the gateway's words. */
  readonly message: string;
}

export interface ContributionStore {
  /** Keeps what was sent, exactly. */
  saveContribution(
    sent: Omit<SentContribution, "id"> & { readonly body: Readonly<Record<string, unknown>> },
  ): Promise<SentContribution>;
  /** Latest first, at most a hundred. */
  loadContributions(): Promise<readonly SentContribution[]>;
}
