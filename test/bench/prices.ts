import * as z from 'zod/mini';

/** What is paid for, each a price for one of it. */
export const priced = [
  'writeUnits',
  'readUnits',
  'tableGbMonth',
  'recoveryGbMonth',
  'apiRequests',
  'invocations',
  'gbSeconds',
  'busEvents',
  'queueRequests',
  'objectPuts',
  'objectGets',
  'objectGbMonth',
  'logGb',
  'logGbMonth',
  'keyRequests',
  'keyMonth',
  'secretMonth',
  'alarmMonth',
  'dashboardMonth',
  'trailEvents',
  'transferGb',
] as const;
export type Priced = (typeof priced)[number];

const price = z.strictObject({
  /** Absent where no source gives it. */
  price: z.optional(z.number().check(z.minimum(0))),
  /** Where it was read, and when; `memory` where it was not read anywhere. */
  source: z.optional(z.string().check(z.minLength(1))),
  /** The region that it is the price of, where it is another than the list's. */
  of: z.optional(z.string()),
});

/** The prices of a region, such as `infra/prices.json`. */
export const priceList = z.strictObject({
  currency: z.string(),
  region: z.string(),
  prices: z
    .record(z.enum(priced), price)
    .check(
      z.refine(
        (prices) => Object.values(prices).every((one) => (one.price === undefined) === (one.source === undefined)),
        'a price has a source, and what has no source has no price',
      ),
    ),
});
export type PriceList = z.infer<typeof priceList>;
