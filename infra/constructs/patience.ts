/**
 * How often and for how long something that failed is tried again, before it is left to a person. The runbook says these
 * numbers, and a test compares (test/infra/alarms.test.ts).
 */

/** For so long an event is tried that a bus function cannot handle: an outage of hours needs no person. In hours. */
const eventsTriedFor = 24;
/** After so long an event that still fails is said to somebody, while it goes on being tried. In hours. */
const eventsSaidAfter = 1;

/**
 * A message that failed comes again after this, in seconds. Six times what the function may take, as AWS advises, so that
 * none comes again while it is still being handled.
 */
export const secondsBetweenTries = (timeout: number): number => 6 * timeout;

const triesWithin = (hours: number, timeout: number): number =>
  Math.ceil((hours * 3600) / secondsBetweenTries(timeout));

/** How often an event is tried before it becomes a dead letter. */
export const triesOfAnEvent = (timeout: number): number => triesWithin(eventsTriedFor, timeout);

/** From which try on an event that fails raises the alarm of its function's dead letters. */
export const triesBeforeAlarm = (timeout: number): number => triesWithin(eventsSaidAfter, timeout);

/** How often a mail to send, or a file to be shown or announced, is tried before it becomes a dead letter. */
export const triesOfAMessage = 5;

/** Then it comes again after so long: longer than the lease of a sending (90 s), six times what a function may take. In minutes. */
export const minutesBetweenMessages = 6;

/** How often a batch of the stream is tried, halved each time, before it is given up. */
export const triesOfABatch = 5;

/** After so long what waits in a queue or in the stream is late, and somebody is told. In hours. */
export const lateAfter = 1;

/** A schedule that has not run to its end for so long did not run: once a day it does. In hours. */
export const missedAfter = 26;

/** How long dead letters are kept, in days: as long as SQS keeps anything. */
export const deadLettersKeptFor = 14;
