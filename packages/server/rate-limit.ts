import { isIPv6 } from 'node:net';

/** How often somebody may ask: so many a second for ever, and so many at once after a pause. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** For whoever asks from one address, and for one caller from wherever it asks. */
export interface Rates {
  readonly address: Rate;
  readonly caller: Rate;
}

/**
 * What an office never comes near: a whole town hall behind one address, a person at a desk, a department's system that
 * reads a matter after the other. A script that went wrong gets there in a second.
 */
export const servedRates: Rates = { address: { perSecond: 200, burst: 2000 }, caller: { perSecond: 50, burst: 500 } };

/** How long somebody has to wait, in whole seconds; 0 where it is its turn, and then that turn is counted. */
export type Turnstile = (who: string) => number;

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/**
 * A token bucket each. `clock` gives milliseconds. At most `most` are remembered; those who ask least are forgotten first, and
 * whoever is forgotten begins with a full one: nobody is kept out because many others came.
 */
export function turnstile({ perSecond, burst }: Rate, clock: () => number, most = 10_000): Turnstile {
  const buckets = new Map<string, Bucket>();
  return (who) => {
    const now = clock();
    const known = buckets.get(who);
    const grown = known === undefined ? burst : known.left + (Math.max(0, now - known.at) / 1000) * perSecond;
    const left = Math.min(burst, grown);
    const wait = left >= 1 ? 0 : Math.max(1, Math.ceil((1 - left) / perSecond));
    // Put in again, so that the order of the map is that of asking.
    buckets.delete(who);
    buckets.set(who, { left: wait === 0 ? left - 1 : left, at: now });
    const [oldest] = buckets.keys();
    if (buckets.size > most && oldest !== undefined) buckets.delete(oldest);
    return wait;
  };
}

/** What counts as one address: of IPv6 the network, since one machine has all of its addresses. */
export function sourceOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address.replace(/^::ffff:/, '');
  const [front = '', back] = address.split('::');
  const groups = front.split(':').filter((group) => group !== '');
  const behind = back?.split(':').filter((group) => group !== '') ?? [];
  const zeros = back === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array.from({ length: Math.max(0, zeros) }, () => '0'), ...behind].slice(0, 4).join(':');
}
