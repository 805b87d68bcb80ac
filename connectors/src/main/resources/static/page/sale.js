/** The form for a new sale. */

import { call } from './access.js';
import { byId, setText } from './dom.js';

/** @param {() => Promise<void>} added called behind every sale */
export function followForm(added) {
  const form = byId('sale');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void add(form).then(added);
  });
}

async function add(form) {
  const note = byId('sale-note');
  setText(note, 'Adding…');
  try {
    const response = await call(`/branches/${encodeURIComponent(form.branch.value)}/sales`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify(entered(form)),
    });
    const answer = await response.json();
    setText(note, response.ok ? `Sale ${answer.data.id} added, total ${answer.data.total}` : answer.message);
  } catch (failed) {
    setText(note, `Whether it was added is unknown: ${failed.message}. Look at the table before you add it again.`);
  }
}

function entered(form) {
  return {
    date: form.date.value === '' ? null : form.date.value,
    region: form.region.value,
    product: form.product.value,
    quantity: Number(form.quantity.value),
    cost: Number(form.cost.value),
    tax: Number(form.tax.value),
  };
}
