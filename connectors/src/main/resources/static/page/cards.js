/** A card for each branch, and one for the head office. */

import { call } from './access.js';
import { byId, el, setText } from './dom.js';
import { count, duration } from './format.js';

const WORDS = {
  STOPPED: 'stopped',
  WAITING: 'up to date',
  WORKING: 'sending',
  OFFLINE: 'offline',
  FAILING: 'cannot go on now',
};

/** @param {() => Promise<void>} refresh called behind every press of a button */
export function showBranches(branches, refresh) {
  const place = byId('branches');
  for (const branch of branches) {
    const card = place.querySelector(`[data-name='${CSS.escape(branch.name)}']`) ?? place.appendChild(newCard(branch, refresh));
    fill(card, branch.work, word(branch), figures(branch));
  }
}

export function showHeadOffice(office) {
  const place = byId('head-office');
  if (office === null) {
    place.replaceChildren(el('p', { class: 'hint' }, 'Not kept by this process: HEAD_OFFICE_URL is not set.'));
    return;
  }
  const card = place.querySelector('.card') ?? place.appendChild(emptyCard('head office'));
  const known = office.applied_index !== null;
  fill(card, office.work, office.work.state === 'WORKING' ? 'taking' : WORDS[office.work.state], known
    ? [`${count(office.sales)} sales`, `log up to #${office.applied_index}`, `${count(Math.max(0, office.log_index - office.applied_index))} entries to take`,
      `${count(office.dead_letters)} put aside`]
    : [seen(office.last_seen)]);
}

function word(branch) {
  const late = branch.work.state === 'WAITING' && branch.pending !== null && branch.pending > 0;
  return !branch.line_up ? 'line cut by hand' : late ? 'waiting' : WORDS[branch.work.state];
}

function figures(branch) {
  return branch.pending === null
    ? ['to be sent: unknown while it is away', seen(branch.last_seen)]
    : [`${count(branch.sales)} sales`, `${count(branch.pending)} to be sent`, branch.refused === 0 ? null : `${count(branch.refused)} refused by the log`,
      branch.work.automatic ? `every ${duration(branch.work.interval_ms)}` : 'by hand'].filter((figure) => figure !== null);
}

function seen(moment) {
  return moment === null ? 'never seen' : `last seen ${new Date(moment).toLocaleString('en-GB')}`;
}

function newCard(branch, refresh) {
  const card = emptyCard(branch.name);
  const verbs = [['sync', 'Sync now'], ['start', 'Start'], ['stop', 'Stop']];
  const buttons = verbs.map(([verb, text]) => {
    const button = el('button', { type: 'button', 'aria-label': `${text}: ${branch.name}` }, text);
    button.addEventListener('click', () => void press(card, button, verb).then(refresh));
    return button;
  });
  const seconds = el('input', { class: 'every', type: 'number', min: '0.1', max: '86400', step: '0.1', value: String(branch.work.interval_ms / 1_000) });
  card.append(el('p', { class: 'buttons' }, ...buttons, el('label', {}, 'every ', seconds, ' s')), el('p', { class: 'answer', role: 'status' }));
  return card;
}

function emptyCard(name) {
  return el('div', { class: 'card', 'data-name': name }, el('h3', {}, name), el('p', { class: 'status' }), el('p', { class: 'figures' }), el('p', { class: 'trouble' }));
}

function fill(card, work, status, parts) {
  card.dataset.state = work.state;
  setText(card.querySelector('.status'), status);
  setText(card.querySelector('.figures'), parts.join(' · '));
  const next = work.next_attempt_ms === null ? '' : `, next try in ${duration(work.next_attempt_ms)}`;
  setText(card.querySelector('.trouble'), work.reason === null ? '' : `${work.reason}${next}`);
}

/** Says on the card what came of it, whatever that is. */
async function press(card, button, verb) {
  const note = card.querySelector('.answer');
  button.disabled = true;
  setText(note, '');
  try {
    const response = await call(`/branches/${encodeURIComponent(card.dataset.name)}/${verb}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: verb === 'start' ? JSON.stringify(interval(card)) : null,
    });
    setText(note, (await response.json()).message);
  } catch (failed) {
    setText(note, `Whether it was done is unknown: ${failed.message}`);
  } finally {
    button.disabled = false;
  }
}

function interval(card) {
  const seconds = card.querySelector('.every').value;
  return seconds === '' ? {} : { interval_ms: Math.round(Number(seconds) * 1_000) };
}
