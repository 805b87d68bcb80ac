/** Light, dark, or as the computer has it. */

import { byId, setText } from './dom.js';

const STORED = 'replog.theme';
const WORDS = ['auto', 'light', 'dark'];
const button = byId('theme');

button.addEventListener('click', () => use(WORDS[(WORDS.indexOf(present()) + 1) % WORDS.length]));
use(present());

function present() {
  const stored = localStorage.getItem(STORED);
  return stored !== null && WORDS.includes(stored) ? stored : 'auto';
}

function use(word) {
  localStorage.setItem(STORED, word);
  document.documentElement.dataset.theme = word;
  setText(button, `Theme: ${word}`);
}
