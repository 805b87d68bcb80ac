/** The course of one message as a waterfall. */

import { byId, el } from './dom.js';
import { data } from './access.js';
import { duration } from './format.js';

/** Asks the node and shows what it says. */
export async function showTrace(index) {
  const dialog = byId('trace');
  byId('trace-title').textContent = `Message #${index}`;
  byId('trace-body').replaceChildren(el('p', {}, 'Asking…'));
  dialog.showModal();
  try {
    byId('trace-body').replaceChildren(waterfall(await data(`/messages/${index}/trace`)));
  } catch (failed) {
    byId('trace-body').replaceChildren(el('p', {}, failed.message));
  }
}

function waterfall(trace) {
  const steps = [
    step('received', trace.received, trace.received),
    step('appended', trace.received, trace.appended),
    step('durable on the master', trace.appended, trace.durable),
    ...trace.followers.map((each) => step(`${each.node}: sent to acknowledged`, each.sent, each.acknowledged)),
    step(`released${trace.released_acks == null ? '' : `, ${trace.released_acks} held it`}`, trace.released && trace.received, trace.released),
  ];
  const longest = Math.max(1, ...steps.map((each) => each.to ?? each.from ?? 0));
  return el('table', { class: 'waterfall' }, el('tbody', {}, ...steps.map((each) => bar(each, longest))));
}

function step(name, from, to) {
  return { name, from: from?.ms ?? null, to: to?.ms ?? null };
}

function bar({ name, from, to }, longest) {
  const begin = Math.min(from ?? 0, to ?? 0);
  const meter = el('progress', { max: longest, value: to ?? 0, 'aria-hidden': 'true' });
  const words = to === null ? (from === null ? 'not yet' : `since ${duration(from)}, not yet`) : begin === to ? duration(to) : `${duration(begin)} – ${duration(to)}`;
  return el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, meter), el('td', { class: 'figure' }, words));
}
