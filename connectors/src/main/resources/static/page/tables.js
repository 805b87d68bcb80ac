/** Both tables, a sale on the same line where both have it. */

import { byId, el, setText } from './dom.js';

const COLUMNS = [['id', 'Id'], ['version', 'Version'], ['date', 'Date'], ['region', 'Region'], ['product', 'Product'],
  ['quantity', 'Qty'], ['cost', 'Cost'], ['amount', 'Amount'], ['tax', 'Tax'], ['total', 'Total']];
const TEXTS = new Set(['date', 'region', 'product']);

/** @param {any[]|null} there null when the head office cannot be asked */
export function showTables(here, there) {
  const versions = new Map((there ?? []).map((sale) => [sale.id, sale.version]));
  fill(byId('branch-table'), here, (sale) => match(sale, versions, there));
  fill(byId('head-office-table'), there ?? [], () => null);
  setText(byId('compared'), there === null ? 'The head office cannot be asked now.' : comparison(here, versions));
}

function comparison(here, versions) {
  const missing = here.filter((sale) => !versions.has(sale.id)).length;
  const older = here.filter((sale) => versions.has(sale.id) && versions.get(sale.id) !== sale.version).length;
  return missing + older === 0 ? `The same on both sides, as far as the newest ${here.length}.`
    : `${missing} not yet in the head office, ${older} there in an older version.`;
}

function match(sale, versions, there) {
  if (there === null || versions.get(sale.id) === sale.version) {
    return null;
  }
  return versions.has(sale.id) ? 'older' : 'missing';
}

function fill(table, sales, kind) {
  if (table.tHead.rows.length === 0) {
    table.tHead.append(el('tr', {}, ...COLUMNS.map(([name, title]) => el('th', { scope: 'col', class: side(name) }, title))));
  }
  table.tBodies[0].replaceChildren(...sales.map((sale) =>
    el('tr', { 'data-match': kind(sale) }, ...COLUMNS.map(([name]) => el('td', { class: side(name) }, written(name, sale[name]))))));
}

function side(name) {
  return TEXTS.has(name) ? null : 'figure';
}

function written(name, value) {
  return typeof value === 'number' && ['cost', 'amount', 'tax', 'total'].includes(name) ? value.toFixed(2) : value;
}
