/** What this page knows of the cluster: fed by frames, read by every part of the page. */

import { data } from './access.js';

/** Messages that are kept here; the node has all of them. */
const MAX_ROWS = 200;
const PAGE = 30;

/** Of a text; as many as frames tell. */
const MAX_CHARACTERS = 120;

/**
 * @typedef {object} Row
 * @property {number} index
 * @property {string|null} text null until it is known
 * @property {number|null} concern null for messages from before this page
 * @property {number|null} at when it was appended, on the clock of `performance.now()`
 * @property {Map<string, number|null>} held nodes that hold it, and after how many ms; null = not known
 * @property {string|null} metBy the node whose acknowledgement completed the concern; null also when that is not known
 * @property {{afterMs: number, acks: number, reason: string|null}|null} answer of the call that waited
 */

export class Cluster {
  /** @type {Map<number, Row>} */
  rows = new Map();

  /** @type {Set<number>|null} rows that stay whatever comes, null for the newest */
  held = null;

  /** @type {any} as `data` of `GET /health`, null before the first frame */
  health = null;

  /** @type {Map<number, {concern: number, since: number}>} blocked calls by index, since when */
  blocked = new Map();

  blockedCount = 0;
  healthAt = 0;

  #sampled = { count: 0, told: 0, seen: true };

  /** Names of all nodes, the master first. */
  get nodes() {
    return this.health === null ? [] : [this.health.node, ...this.health.followers.map((each) => each.node)];
  }

  /** Highest index that a node holds durably, as far as the master knows. */
  holds(node) {
    if (node === this.health.node) {
      return this.health.durable_index;
    }
    return this.health.followers.find((each) => each.node === node)?.match_index ?? 0;
  }

  /** The newest rows, newest first. */
  newest(atMost) {
    return [...this.rows.values()].sort((a, b) => b.index - a.index).slice(0, atMost);
  }

  /** Those that are on the screen. */
  shown(atMost) {
    return this.held === null ? this.newest(atMost) : this.newest(Infinity).filter((row) => this.held.has(row.index));
  }

  /** Keeps the rows that are on the screen, or follows the newest again. */
  hold(atMost) {
    this.held = this.held === null ? new Set(this.newest(atMost).map((row) => row.index)) : null;
    return this.held !== null;
  }

  /** Whether as many nodes as were asked for hold it, the master among them. */
  isMet(row) {
    return row.concern !== null && row.held.has(this.health.node) && row.held.size >= row.concern;
  }

  /** Messages of a frame, and how many of them were told one by one: where several came since the last look, of that which left out most. */
  lookAtSampling() {
    this.#sampled.seen = true;
    return this.#sampled;
  }

  /** Takes what the stream says. */
  take(frame) {
    const now = performance.now();
    if (this.health !== null && frame.health.log_id !== this.health.log_id) {
      this.rows.clear();
      this.held = null;
      this.#sampled.seen = true;
    }
    this.health = frame.health;
    this.healthAt = now;
    this.#takeSampling(frame.appended);
    frame.appended.newest.forEach((message) => this.#appended(message, now));
    this.#answered(frame.released);
    this.#answered(frame.unmet);
    this.#takeBlocked(frame.blocked, now);
    this.#fill(frame.acknowledged);
    this.#shed();
  }

  /** Reads the newest messages from the log, and the texts that are not known. */
  async refresh() {
    const last = this.health?.last_index ?? 0;
    if (last === 0) {
      return;
    }
    const lacking = this.shown(PAGE).filter((row) => row.text === null).map((row) => row.index);
    const from = Math.max(this.#firstIndex, Math.min(last - PAGE + 1, ...lacking));
    for (const message of await data(`/messages?view=full&from=${from}&limit=${PAGE}`)) {
      this.#row(message.index).text ??= message.text.slice(0, MAX_CHARACTERS);
    }
    this.#fill([]);
  }

  /** Whether a row that is shown has no text here, or there are fewer rows than there could be. */
  lacksTexts() {
    const there = (this.health?.last_index ?? 0) - this.#firstIndex + 1;
    const lacks = this.shown(PAGE).some((row) => row.text === null && row.index >= this.#firstIndex);
    return lacks || this.rows.size < Math.min(PAGE, there);
  }

  get #firstIndex() {
    return this.health?.retention?.first_index ?? 1;
  }

  #row(index) {
    let row = this.rows.get(index);
    if (row === undefined) {
      row = { index, text: null, concern: null, at: null, held: new Map(), metBy: null, answer: null };
      this.rows.set(index, row);
    }
    return row;
  }

  #takeSampling({ count, newest }) {
    const known = this.#sampled;
    if (known.seen || count - newest.length > known.count - known.told) {
      this.#sampled = { count, told: newest.length, seen: false };
    }
  }

  #appended(message, now) {
    const row = this.#row(message.index);
    row.text ??= message.text;
    row.concern = message.write_concern;
    row.at ??= now - message.age_ms;
  }

  #answered(answers) {
    for (const answer of answers.newest) {
      const row = this.rows.get(answer.index);
      if (row !== undefined) {
        row.answer = { afterMs: answer.after_ms, acks: answer.acks, reason: answer.reason };
      }
    }
  }

  #takeBlocked(blocked, now) {
    if (blocked === null) {
      return;
    }
    this.blockedCount = blocked.count;
    this.blocked = new Map(blocked.oldest.map((call) => [call.index, { concern: call.write_concern, since: now - call.age_ms }]));
    for (const call of blocked.oldest) {
      const row = this.rows.get(call.index);
      if (row !== undefined) {
        row.concern ??= call.write_concern;
      }
    }
  }

  /** A node holds everything up to its index: that alone fills cells, so no lost frame leaves a hole. */
  #fill(acknowledged) {
    const after = new Map(acknowledged.map((each) => [`${each.node} ${each.to_index}`, each.after_ms]));
    const ends = this.nodes.map((node) => ({ node, upTo: this.holds(node) }));
    for (const row of this.rows.values()) {
      const fresh = [];
      for (const { node, upTo } of ends) {
        if (row.index <= upTo && !row.held.has(node)) {
          row.held.set(node, after.get(`${node} ${row.index}`) ?? null);
          fresh.push(node);
        } else if (row.index > upTo && row.held.delete(node) && row.metBy === node) {
          row.metBy = null;
        }
      }
      if (row.metBy === null && this.isMet(row)) {
        row.metBy = row.concern === 1 ? this.health.node : this.#completing(row, fresh.filter((node) => node !== this.health.node));
      }
    }
  }

  /** Whose acknowledgement of these new ones completed the concern; null where they came at once and their order is not known. */
  #completing(row, fresh) {
    const place = row.concern - 2 - (row.held.size - 1 - fresh.length);
    const ordered = fresh.length === 1 || fresh.every((node) => row.held.get(node) !== null);
    const inOrder = fresh.toSorted((a, b) => row.held.get(a) - row.held.get(b));
    return ordered && place >= 0 ? (inOrder[place] ?? null) : null;
  }

  #shed() {
    if (this.rows.size > MAX_ROWS) {
      const kept = this.newest(MAX_ROWS);
      const held = this.held === null ? [] : this.shown(MAX_ROWS);
      this.rows = new Map([...held, ...kept].map((row) => [row.index, row]));
    }
  }
}
