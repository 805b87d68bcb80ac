/** The page: asks once a second what there is and shows it. */

import './theme.js';
import { askForKey, data } from './access.js';
import { byId, el, setText } from './dom.js';
import { showBranches, showHeadOffice } from './cards.js';
import { followForm } from './sale.js';
import { showTables } from './tables.js';

const PERIOD_MS = 1_000;
const ROWS = 100;

/** Whether one round is under way. */
let busy = false;

byId('key').addEventListener('click', () => void askForKey().then(refresh));
byId('branch').addEventListener('change', () => void refresh());
followForm(refresh);
setInterval(() => void refresh(), PERIOD_MS);
void refresh();

export async function refresh() {
  if (busy) {
    return;
  }
  busy = true;
  try {
    await show(await data('/branches'));
    tell('live', null);
  } catch (failed) {
    tell('lost', failed.message);
  } finally {
    busy = false;
  }
}

async function show(overview) {
  offer(overview.branches.map((branch) => branch.name));
  showBranches(overview.branches, refresh);
  showHeadOffice(overview.head_office);
  setText(byId('summary'), summary(overview));
  const branch = byId('branch').value;
  setText(byId('shown'), branch || 'no branch');
  if (branch !== '') {
    const name = encodeURIComponent(branch);
    const [here, there] = await Promise.all([
      data(`/branches/${name}/sales?limit=${ROWS}`),
      overview.head_office === null ? null : data(`/head-office/sales?branch=${name}&limit=${ROWS}`).catch(() => null),
    ]);
    showTables(here, there);
  }
  if (overview.head_office !== null) {
    showDeadLetters(await data('/head-office/dead-letters?limit=20').catch(() => []));
  }
}

function summary(overview) {
  const unknown = overview.branches.filter((branch) => branch.pending === null).length;
  const pending = overview.branches.reduce((sum, branch) => sum + (branch.pending ?? 0), 0);
  return `${overview.branches.length} branches · ${pending} sales to be sent${unknown === 0 ? '' : `, and those of ${unknown} away`}`;
}

function offer(names) {
  const select = byId('branch');
  if ([...select.options].map((option) => option.value).join() !== names.join()) {
    const chosen = select.value;
    select.replaceChildren(...names.map((name) => el('option', { value: name, selected: name === chosen }, name)));
  }
}

function showDeadLetters(letters) {
  byId('dead-letters').replaceChildren(
    ...(letters.length === 0 ? [el('li', {}, 'Nothing: every sale could be used.')]
      : letters.map((letter) => el('li', { 'data-level': 'WARN' }, `#${letter.log_index} ${letter.log_key}: ${letter.reason}`))));
}

function tell(state, trouble) {
  byId('feed').dataset.state = state;
  setText(byId('feed'), state);
  byId('notice').hidden = trouble === null;
  setText(byId('notice'), trouble ?? '');
}
