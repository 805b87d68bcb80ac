/** The write panel: adds a message, and says how it ended, after what time and by whom. */

import { byId, el, setText } from './dom.js';
import { call, data } from './access.js';
import { age, duration } from './format.js';

const MAX_RESULTS = 6;

/** A browser opens six connections to a node, for all its tabs: whoever waits on one keeps others from it. */
const MAX_IN_FLIGHT = 2;
const TURN_MS = 2_000;
const MAX_UNFINISHED = 50;

const form = byId('write');
const results = byId('writes');

/**
 * @typedef {object} Write
 * @property {any} body as the person wants it
 * @property {string} key
 * @property {any} line
 * @property {any} outcome
 * @property {number} since
 * @property {'queued'|'sent'|'followed'|'ended'} state
 * @property {{index: number, epoch: number, acks: number, required: number, again: boolean}|null} place of a message that is in the log
 */

/** @type {Set<Write>} in the order in which they were given */
const unfinished = new Set();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  begin();
});
form.text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
void followAll();

/** Offers the concerns of this cluster. */
export function offerConcerns(clusterSize) {
  if (form.concern.options.length === clusterSize + 2) {
    return;
  }
  const numbers = Array.from({ length: clusterSize }, (_, place) => String(place + 1));
  form.concern.replaceChildren(...[...numbers, 'majority', 'all'].map((word) => el('option', { value: word }, word)));
}

/** Shows how long writes have been waiting, and for what. */
export function showWaiting() {
  for (const write of unfinished) {
    setText(write.outcome, waitingWords(write));
  }
}

function waitingWords({ state, body, since, place }) {
  const waits = `waiting ${age(performance.now() - since)}`;
  switch (state) {
    case 'queued': return `… not sent yet, ${waits}`;
    case 'followed': return `◔ #${place.index} w=${body.write_concern}, held by ${place.acks}, ${waits}`;
    default: return `◔ w=${body.write_concern}, ${waits}`;
  }
}

function request() {
  const word = form.concern.value;
  const timeout = form.timeout.value.trim();
  return {
    body: {
      data: form.text.value,
      write_concern: /^\d+$/.test(word) ? Number(word) : word,
      ...(timeout === '' ? {} : { timeout_ms: Number(timeout) }),
    },
    key: form.key.value.trim(),
  };
}

function begin() {
  const full = unfinished.size >= MAX_UNFINISHED;
  setText(byId('write-note'), full ? `Not taken: ${MAX_UNFINISHED} writes of this page wait already.` : '');
  if (full) {
    return;
  }
  const { body, key } = request();
  const outcome = el('span', { class: 'outcome' });
  const line = el('li', {}, el('q', {}, body.data.slice(0, 60)), ' ', outcome, copyButton(body, key));
  unfinished.add({ body, key, line, outcome, since: performance.now(), state: 'queued', place: null });
  results.prepend(line);
  trim();
  form.text.value = '';
  sendNext();
}

/** Takes away the oldest lines whose writes have ended. */
function trim() {
  const waiting = new Set([...unfinished].map((write) => write.line));
  const ended = [...results.children].filter((line) => !waiting.has(line));
  ended.slice(MAX_RESULTS).forEach((line) => line.remove());
}

function sendNext() {
  const writes = [...unfinished];
  const next = writes.find((write) => write.state === 'queued');
  if (next !== undefined && writes.filter((write) => write.state === 'sent').length < MAX_IN_FLIGHT) {
    next.state = 'sent';
    void send(next);
    sendNext();
  }
}

async function send(write) {
  const { body, key } = write;
  try {
    const response = await call('/add', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...(key === '' ? {} : { 'Idempotency-Key': key }) },
      body: JSON.stringify({ timeout_ms: TURN_MS, ...body }),
    });
    tell(write, response, await response.json());
  } catch {
    end(write, 'unknown', 'the connection broke: whether the message is in the log is unknown');
  }
  sendNext();
}

function tell(write, response, answer) {
  const ms = performance.now() - write.since;
  const again = response.headers.get('Idempotent-Replay') === 'true';
  if (response.ok) {
    const words = `in ${duration(ms)}${again ? ', repeated' : ''}`;
    void met(write, response.headers.get('Log-Index'), Number(response.headers.get('Replication-Acks')), words);
  } else if (answer.data?.reason === 'PENDING' && write.body.timeout_ms === undefined) {
    const { index, epoch, acks, write_concern: required } = answer.data;
    write.place = { index, epoch, acks, required, again };
    write.state = 'followed';
  } else {
    const kind = response.status === 504 ? 'unmet' : 'refused';
    end(write, kind, `${kind === 'unmet' ? '!' : '✕'} ${response.status} after ${duration(ms)}: ${answer.message}`);
  }
}

/** Asks in turns after writes whose calls have ended before their concern was met: no connection is held between the turns. */
async function followAll() {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, TURN_MS / 2));
    for (const write of [...unfinished].filter((each) => each.state === 'followed')) {
      await ask(write).catch(() => {
        // Not known now; asked again in the next turn.
      });
    }
  }
}

async function ask(write) {
  const { index, required } = write.place;
  const response = await call(`/messages/${index}?wait_acks=${required}`, { headers: { Accept: 'application/json' } });
  const answer = await response.json();
  if (response.ok && isSame(write, answer.data)) {
    write.place.acks = answer.data.acks;
    if (answer.data.acks >= required) {
      await met(write, index, answer.data.acks, `within ${duration(performance.now() - write.since)}`);
    }
  } else if (response.ok || response.status === 404 || response.status === 410) {
    end(write, 'unknown', `unknown: ${response.ok ? `#${index} is another message now` : answer.message}`);
  }
}

function isSame({ body, place }, found) {
  return found.text === body.data && (place.again || found.epoch === place.epoch);
}

async function met(write, index, acks, words) {
  end(write, 'met', `✓ #${index} held by ${acks} ${words}`);
  setText(write.outcome, `✓ #${index} held by ${acks}${await names(index, acks)} ${words}`);
}

function end(write, kind, words) {
  write.state = 'ended';
  unfinished.delete(write);
  write.line.dataset.outcome = kind;
  setText(write.outcome, words);
  trim();
}

/** The first to acknowledge, as many as were counted; nothing where the node does not know it any more. */
async function names(index, acks) {
  try {
    const [trace, health] = await Promise.all([data(`/messages/${index}/trace`), data('/health')]);
    const first = trace.followers
      .filter((each) => each.acknowledged != null)
      .sort((a, b) => a.acknowledged.ms - b.acknowledged.ms)
      .slice(0, acks - 1);
    return ` (${[health.node, ...first.map((each) => each.node).sort()].join(', ')})`;
  } catch {
    return '';
  }
}

function copyButton(body, key) {
  const button = el('button', { type: 'button', class: 'small', title: curl(body, key) }, 'curl');
  button.addEventListener('click', () => {
    navigator.clipboard?.writeText(curl(body, key)).then(() => setText(button, 'copied'), () => setText(button, 'not copied'));
  });
  return button;
}

function curl(body, key) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const header = key === '' ? '' : ` -H ${quoted(`Idempotency-Key: ${key}`)}`;
  return `curl -i ${location.origin}/add -H 'Content-Type: application/json'${header} -d ${quoted(JSON.stringify(body))}`;
}
