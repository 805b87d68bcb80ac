/** The course of one message as a waterfall. */

import { byId, el, svg } from './dom.js';
import { data } from './access.js';
import { duration } from './format.js';

const WIDTH = 100;
const LEAST = 0.6;

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {number|null} from milliseconds since the call was received, null for not yet
 * @property {number|null} to
 * @property {string} [error]
 */

/** Asks the node and shows what it says. */
export async function showTrace(index) {
  const dialog = byId('trace');
  byId('trace-title').textContent = `Message #${index}`;
  byId('trace-body').replaceChildren(el('p', {}, 'Asking…'));
  dialog.showModal();
  try {
    byId('trace-body').replaceChildren(waterfall(steps(await data(`/messages/${index}/trace`))));
  } catch (failed) {
    byId('trace-body').replaceChildren(el('p', {}, failed.message));
  }
}

/** @returns {Step[]} */
function steps(trace) {
  return [
    step('master: received to appended', trace.received, trace.appended),
    step('master: waits for the disk', trace.appended, trace.written),
    step('master: forced', trace.written, trace.durable),
    ...trace.followers.flatMap(onFollower),
    step(trace.released_acks === null ? 'call released' : `call released, ${trace.released_acks} held it`, trace.released, trace.released),
  ];
}

function onFollower(follower) {
  return follower.tries.flatMap((each) => [
    { ...step(`${follower.node}: ${each.probe ? 'asked whether it takes more' : 'sent to answered'}`, each.sent, each.ended), error: each.error ?? undefined },
    ...(each.there === null ? [] : [
      step(`${follower.node}: held back`, each.there.received, each.there.appended),
      step(`${follower.node}: forced`, each.there.appended, each.there.durable),
    ]),
  ]);
}

function step(name, from, to) {
  return { name, from: from?.ms ?? null, to: to?.ms ?? null };
}

function waterfall(all) {
  const longest = Math.max(1, ...all.map((each) => each.to ?? each.from ?? 0));
  return el('table', { class: 'waterfall' }, el('tbody', {}, ...all.map((each) =>
    el('tr', {}, el('th', { scope: 'row' }, each.name), el('td', {}, bar(each, longest)), el('td', { class: 'figure' }, words(each))))));
}

function bar({ from, to, error }, longest) {
  const picture = svg('svg', { viewBox: `0 0 ${WIDTH} 8`, preserveAspectRatio: 'none', 'aria-hidden': 'true' });
  if (from !== null) {
    const x = Math.min((from / longest) * WIDTH, WIDTH - LEAST);
    const width = Math.max(LEAST, (((to ?? longest) - from) / longest) * WIDTH);
    picture.append(svg('rect', { x, width, height: 8, class: error !== undefined ? 'failed' : to === null ? 'open' : 'done' }));
  }
  return picture;
}

function words({ from, to, error }) {
  if (from === null) {
    return 'not yet';
  }
  const span = to === null ? `since ${duration(from)}, not yet` : from === to ? `at ${duration(to)}` : `${duration(to - from)}, until ${duration(to)}`;
  return error === undefined ? span : `${span}: ${error}`;
}
