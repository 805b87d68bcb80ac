/** How figures are written. */

const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

export function count(number) {
  return WHOLE.format(number);
}

/** Milliseconds: `0.4 ms`, `12 ms`, `5.00 s`, `3 min`. */
export function duration(ms) {
  if (ms < 10) {
    return `${Math.round(ms * 10) / 10} ms`;
  }
  if (ms < 1_000) {
    return `${Math.round(ms)} ms`;
  }
  return ms < 120_000 ? `${(ms / 1_000).toFixed(ms < 60_000 ? 2 : 0)} s` : `${Math.round(ms / 60_000)} min`;
}

/** An age, which changes while one looks: `4.2 s`. */
export function age(ms) {
  return ms < 60_000 ? `${(Math.max(0, ms) / 1_000).toFixed(1)} s` : `${Math.floor(ms / 60_000)} min`;
}

/** A figure on an axis: `1.2k`. */
export function short(number) {
  if (number >= 1e6) {
    return `${(number / 1e6).toFixed(1)}M`;
  }
  if (number >= 1e4) {
    return `${Math.round(number / 1e3)}k`;
  }
  return number >= 100 || Number.isInteger(number) ? String(Math.round(number)) : number.toFixed(1);
}

/** The time of day on this computer. */
export function clock(date) {
  return date.toLocaleTimeString('en-GB', { hour12: false });
}
