import type { ExactCost, ExactSum } from "./price.ts";

/** Adds up costs exactly, whatever they come to: in a number as long as it is safe, which is many times faster. */
export class ExactTotal {
  #recent = 0;
  #earlier = 0n;

  add(cost: ExactCost): void {
    const grown = this.#recent + cost;
    if (Number.isSafeInteger(grown)) this.#recent = grown;
    else {
      this.#earlier += BigInt(this.#recent);
      this.#recent = cost;
    }
  }

  addAll(other: ExactTotal): void {
    this.#earlier += other.sum;
  }

  get sum(): ExactSum {
    return this.#earlier + BigInt(this.#recent);
  }
}

export function exactSumOf(costs: Iterable<ExactCost>): ExactSum {
  const total = new ExactTotal();
  for (const cost of costs) total.add(cost);
  return total.sum;
}
