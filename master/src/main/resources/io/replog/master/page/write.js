/** The write panel: adds a message, and says how it ended, after what time and by whom. */

import { byId, el, setText } from './dom.js';
import { call, data } from './access.js';
import { age, duration } from './format.js';

const MAX_RESULTS = 6;

const form = byId('write');
const results = byId('writes');

/** @type {Map<any, {since: number, concern: string}>} calls that wait, by their line */
const waiting = new Map();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  void add(request());
});
form.text.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

/** Offers the concerns of this cluster. */
export function offerConcerns(clusterSize) {
  if (form.concern.options.length === clusterSize + 2) {
    return;
  }
  const numbers = Array.from({ length: clusterSize }, (_, place) => String(place + 1));
  form.concern.replaceChildren(...[...numbers, 'majority', 'all'].map((word) => el('option', { value: word }, word)));
}

/** Shows how long calls have been waiting. */
export function showWaiting() {
  for (const [line, { since, concern }] of waiting) {
    setText(line, `◔ w=${concern}, waiting ${age(performance.now() - since)}`);
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

async function add({ body, key }) {
  const outcome = el('span', { class: 'outcome' });
  const line = el('li', {}, el('q', {}, body.data.slice(0, 60)), ' ', outcome, copyButton(body, key));
  results.prepend(line);
  while (results.children.length > MAX_RESULTS) {
    results.lastChild.remove();
  }
  const since = performance.now();
  waiting.set(outcome, { since, concern: String(body.write_concern) });
  form.text.value = '';
  try {
    const response = await call('/add', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...(key === '' ? {} : { 'Idempotency-Key': key }) },
      body: JSON.stringify(body),
    });
    await tell(line, outcome, response, performance.now() - since);
  } catch {
    say(line, outcome, 'unknown', 'the connection broke: whether the message is in the log is unknown');
  } finally {
    waiting.delete(outcome);
  }
}

async function tell(line, outcome, response, ms) {
  const answer = await response.json();
  waiting.delete(outcome);
  if (response.ok) {
    const index = response.headers.get('Log-Index');
    const acks = response.headers.get('Replication-Acks');
    const again = response.headers.get('Idempotent-Replay') === 'true' ? ', repeated' : '';
    say(line, outcome, 'met', `✓ #${index} held by ${acks} in ${duration(ms)}${again}`);
    say(line, outcome, 'met', `✓ #${index} held by ${acks}${await names(index, Number(acks))} in ${duration(ms)}${again}`);
  } else {
    const kind = response.status === 504 ? 'unmet' : 'refused';
    say(line, outcome, kind, `${kind === 'unmet' ? '!' : '✕'} ${response.status} after ${duration(ms)}: ${answer.message}`);
  }
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

function say(line, outcome, kind, words) {
  line.dataset.outcome = kind;
  setText(outcome, words);
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
