// Tabs by the usual keys: arrows, Home and End move, and what is reached is shown.

import { the } from '../dom.js';

export function startTabs() {
  const list = the('[role=tablist]');
  const tabs = [...list.querySelectorAll('[role=tab]')];

  /** @param {HTMLElement} tab */
  function choose(tab) {
    for (const each of tabs) {
      const chosen = each === tab;
      each.setAttribute('aria-selected', String(chosen));
      each.tabIndex = chosen ? 0 : -1;
      the(`#${each.getAttribute('aria-controls')}`).hidden = !chosen;
    }
  }

  list.addEventListener('click', ({ target }) => {
    const tab = target.closest('[role=tab]');
    if (tab) choose(tab);
  });
  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const tab = tabs.at(to % tabs.length);
    tab.focus();
    choose(tab);
  });
}
