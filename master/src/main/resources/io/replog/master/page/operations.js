/** The operations log: the lines of the master's own log, newest first. */

import { byId, el, setText } from './dom.js';
import { clock } from './format.js';

const MAX_LINES = 400;
const MAX_SHOWN = 150;

/** @type {{at: Date, level: string, kind: string, line: string}[]} newest first */
const lines = [];
const list = byId('operations');
const filter = byId('operations-filter');
const pause = byId('operations-pause');
let paused = false;
let missed = 0;

restore();
filter.addEventListener('input', () => {
  remember();
  paint();
});
filter.addEventListener('submit', (event) => event.preventDefault());
pause.addEventListener('click', () => {
  paused = !paused;
  missed = 0;
  pause.setAttribute('aria-pressed', String(paused));
  label();
  paint();
});

/** Takes the lines of a frame. */
export function takeLines(frame) {
  const at = new Date(frame.at);
  const fresh = frame.lines.written.map((each) => ({ at, ...each }));
  if (frame.lines.skipped > 0) {
    fresh.push({ at, level: 'INFO', kind: 'skipped', line: `and ${frame.lines.skipped} more lines in this moment` });
  }
  add(fresh);
}

/** Adds a line of this page itself. */
export function note(level, line) {
  add([{ at: new Date(), level, kind: 'page', line }]);
}

function add(fresh) {
  if (fresh.length === 0) {
    return;
  }
  lines.unshift(...fresh.reverse());
  lines.length = Math.min(lines.length, MAX_LINES);
  if (paused) {
    missed += fresh.length;
    label();
  } else {
    paint();
  }
}

function paint() {
  if (!paused) {
    list.replaceChildren(...lines.filter(wanted).slice(0, MAX_SHOWN).map(line));
  }
}

function wanted({ level, line: text }) {
  return (filter.level.value === '' || level === filter.level.value) && text.toLowerCase().includes(filter.text.value.toLowerCase());
}

function line({ at, level, line: text }) {
  return el('li', { 'data-level': level }, el('time', {}, clock(at)), level === 'WARN' ? el('b', {}, ' ! ') : ' ', text);
}

function label() {
  setText(pause, paused ? `Go on (${missed} new)` : 'Pause');
}

/** The filter is in the address, so that it can be shared. */
function remember() {
  const address = new URL(location.href);
  for (const name of ['level', 'text']) {
    if (filter[name].value === '') {
      address.searchParams.delete(name);
    } else {
      address.searchParams.set(name, filter[name].value);
    }
  }
  history.replaceState(null, '', address);
}

function restore() {
  const asked = new URL(location.href).searchParams;
  filter.level.value = asked.get('level') === 'WARN' ? 'WARN' : '';
  filter.text.value = asked.get('text') ?? '';
}
