// Charts that nobody sees need not follow the pointer.

import { effect, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';

import { tally } from '../model/engine.js';

const Shown = createContext(tally);

/** The counts that a chart tells of. */
export const useTally = () => useContext(Shown).value;

/** How long nothing may move before what is out of sight follows, in milliseconds. */
const rest = 100;

/** Charts that follow each move while they are in sight, else when nothing moves any more. */
export function InSight({ children }) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [shown] = useState(() => signal(tally.peek()));
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let later;
    let isSeen = true;
    const follow = () => void (shown.value = tally.peek());
    const watch = new IntersectionObserver((changes) => {
      isSeen = changes.at(-1)?.isIntersecting ?? true;
      if (isSeen) follow();
    });
    watch.observe(box.current);
    const stop = effect(() => {
      const now = tally.value;
      clearTimeout(later);
      if (isSeen) shown.value = now;
      else later = setTimeout(follow, rest);
    });
    return () => {
      clearTimeout(later);
      watch.disconnect();
      stop();
    };
  }, []);
  return (
    <Shown.Provider value={shown}>
      <div ref={box}>{children}</div>
    </Shown.Provider>
  );
}
