/** Calls the node, with the key of this tab where the cluster asks for one. */

import { byId } from './dom.js';

const STORED = 'replog.key';
const SECRET = 'replog.secret';

/** @type {Promise<boolean>|null} the question that is open */
let asking = null;

/** What the node has refused, in its own words. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {any} body the problem, as it came
   */
  constructor(status, body) {
    super(body?.message ?? `answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<Response>} of any status but 401 for want of a key
 */
export async function call(path, options = {}) {
  const used = sessionStorage.getItem(STORED);
  const response = await fetch(path, { ...options, headers: { ...options.headers, ...authorization(used) } });
  const another = response.status === 401 && (sessionStorage.getItem(STORED) !== used || (await askForKey()));
  return another ? call(path, options) : response;
}

/**
 * Does what operators may: with the key of this tab, or the secret of the cluster where that is asked for.
 *
 * @param {string} path
 * @param {RequestInit} options
 * @returns {Promise<any>} the member `data` of the answer; any status but 200 is thrown as {@link Refused}
 */
export async function operate(path, options) {
  const secret = sessionStorage.getItem(SECRET);
  const shown = secret === null ? authorization(sessionStorage.getItem(STORED)) : { 'Cluster-Token': secret };
  const response = await fetch(path, { ...options, headers: { Accept: 'application/json', ...options.headers, ...shown } });
  const body = await response.json();
  if (response.status === 401 && (await askFor(SECRET, 'The secret of the cluster (./replog token)'))) {
    return operate(path, options);
  }
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body.data;
}

/** The member `data` of the answer; any status but 200 is thrown as {@link Refused}. */
export async function data(path) {
  const response = await call(path, { headers: { Accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) {
    throw new Refused(response.status, body);
  }
  return body.data;
}

/** Asks the person for a key. Whether there is a new one now. */
export function askForKey() {
  return askFor(STORED, 'This cluster asks for a key');
}

/** Whoever asks meanwhile shares the answer. */
function askFor(name, title) {
  asking ??= ask(name, title).finally(() => {
    asking = null;
  });
  return asking;
}

function ask(name, title) {
  const dialog = byId('key-dialog');
  const input = byId('key-input');
  byId('key-title').textContent = title;
  input.value = '';
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(taken(name, dialog.returnValue, input)), { once: true });
  });
}

function taken(name, choice, input) {
  const given = input.value.trim();
  input.value = '';
  const use = choice === 'use' && given !== '';
  if (use) {
    sessionStorage.setItem(name, given);
  }
  return use;
}

function authorization(key) {
  return key === null ? {} : { Authorization: `Bearer ${key}` };
}
