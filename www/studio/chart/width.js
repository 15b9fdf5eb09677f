// How wide a chart may be: it is drawn in pixels, so that its letters are of one size on every screen.

import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A reference for the element around a chart, and its width. @param {number} first before it is measured */
export function useWidth(first) {
  const box = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    if (!box.current) return;
    const watch = new ResizeObserver(([{ contentRect }]) => contentRect.width > 0 && setWidth(Math.round(contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return /** @type {const} */ ([box, width]);
}
