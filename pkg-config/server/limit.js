// How often one address may come: a bucket that fills evenly. Memory is bounded: of too many addresses
// the one that came least lately is forgotten.

/**
 * @param {{ perMinute: number, most?: number }} limits `most`: addresses that are remembered
 * @returns {(address: string, now: number) => number} milliseconds to wait, 0 where it may come in
 */
export function rateLimit({ perMinute, most = 10_000 }) {
  /** @type {Map<string, { left: number, at: number }>} */
  const buckets = new Map();
  return (address, now) => {
    const key = network(address);
    const { left, at } = buckets.get(key) ?? { left: perMinute, at: now };
    const filled = Math.min(perMinute, left + (Math.max(0, now - at) / 60_000) * perMinute);
    buckets.delete(key);
    buckets.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now });
    if (buckets.size > most) buckets.delete(/** @type {string} */ (buckets.keys().next().value));
    return filled >= 1 ? 0 : Math.ceil(((1 - filled) * 60_000) / perMinute);
  };
}

/** One customer of a provider has a whole /64 of IPv6. @param {string} address */
function network(address) {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head, tail] = address.split('::');
  const parts = head.split(':').filter(Boolean);
  const rest = tail?.split(':').filter(Boolean) ?? [];
  return [...parts, ...Array.from({ length: Math.max(0, 8 - parts.length - rest.length) }, () => '0'), ...rest].slice(0, 4).join(':');
}
