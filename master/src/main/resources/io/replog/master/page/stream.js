/** Follows `GET /cluster/events`. By fetch, since an EventSource cannot send a key. */

import { call, Refused } from './access.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/** Frames come every second at least; after so long without a byte the connection is dead. */
const SILENCE_MS = 20_000;

/**
 * @typedef {object} Follower
 * @property {(frame: any) => void} frame
 * @property {(frames: number|null) => void} lost frames that were missed; null after a restart of the node
 * @property {(state: 'live'|'lost', retryMs: number, reason: string) => void} state
 */

/**
 * Follows for as long as the page is there.
 *
 * @param {Follower} follower
 */
export async function follow(follower) {
  let lastId = '';
  let wait = FIRST_WAIT_MS;
  for (;;) {
    let reason = 'the master has ended it';
    try {
      await read(lastId, (event) => {
        lastId = event.id || lastId;
        wait = FIRST_WAIT_MS;
        deliver(event, follower);
      });
    } catch (failed) {
      reason = failed instanceof Refused ? failed.message : 'the master does not answer';
    }
    follower.state('lost', wait, reason);
    await new Promise((resolve) => setTimeout(resolve, wait));
    wait = Math.min(LONGEST_WAIT_MS, wait * 2);
  }
}

function deliver(event, follower) {
  if (event.kind === 'frame') {
    follower.state('live', 0, '');
    follower.frame(JSON.parse(event.data));
  } else if (event.kind === 'lost') {
    follower.lost(JSON.parse(event.data).frames);
  }
}

async function read(lastId, take) {
  const abort = new AbortController();
  const headers = lastId === '' ? {} : { 'Last-Event-ID': lastId };
  const response = await call('/cluster/events', { headers: { Accept: 'text/event-stream', ...headers }, signal: abort.signal });
  if (!response.ok) {
    throw new Refused(response.status, await response.json().catch(() => null));
  }
  const parse = parser(take);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const silence = setTimeout(() => abort.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) {
      return;
    }
    parse(value);
  }
}

/**
 * Cuts a stream into events, however its pieces come.
 *
 * @param {(event: {kind: string, id: string, data: string}) => void} take
 */
export function parser(take) {
  let rest = '';
  return (piece) => {
    const events = (rest + piece).split('\n\n');
    rest = events.pop() ?? '';
    events.map(fields).filter((event) => event.data !== '').forEach(take);
  };
}

function fields(lines) {
  const event = { kind: 'message', id: '', data: '' };
  for (const line of lines.split('\n')) {
    const colon = line.indexOf(': ');
    const value = line.slice(colon + 2);
    switch (line.slice(0, Math.max(0, colon))) {
      case 'event': event.kind = value; break;
      case 'id': event.id = value; break;
      case 'data': event.data += value; break;
      default:
    }
  }
  return event;
}
