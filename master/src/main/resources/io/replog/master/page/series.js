/** Figures by the second, for the charts. */

export const SECONDS = 120;

/** Lines by name, each with a value for each of the last seconds; null where nothing is known. */
export class Series {
  /** @type {Map<string, (number|null)[]>} */
  lines = new Map();

  /** @type {Map<string, {sum: number, weight: number}>} of the second that runs */
  #running = new Map();

  /** Adds to the sum of this second. */
  add(name, amount) {
    const running = this.#of(name);
    running.sum += amount;
    running.weight = 1;
  }

  /** Takes part in the mean of this second. */
  weigh(name, value, weight) {
    const running = this.#of(name);
    running.sum += value * weight;
    running.weight += weight;
  }

  /** Is the value of this second. */
  set(name, value) {
    this.#running.set(name, { sum: value, weight: 1 });
  }

  /** A second is over. */
  turn() {
    for (const name of this.#running.keys()) {
      if (!this.lines.has(name)) {
        this.lines.set(name, Array(SECONDS).fill(null));
      }
    }
    for (const [name, line] of this.lines) {
      const running = this.#running.get(name);
      line.push(running === undefined || running.weight === 0 ? null : running.sum / running.weight);
      line.shift();
    }
    this.#running.clear();
  }

  #of(name) {
    let running = this.#running.get(name);
    if (running === undefined) {
      running = { sum: 0, weight: 0 };
      this.#running.set(name, running);
    }
    return running;
  }
}
