import type { Construct } from 'constructs';
import { HouseFunction } from '../constructs/house-function.ts';
import { matters, people, rules } from '../constructs/kinds-read.ts';
import type { Surroundings } from '../constructs/surroundings.ts';

/** Letters and to-dos to people: a delivery per recipient, then SMTP. The only one that knows the mail server's password. */
export function dispatch(scope: Construct, around: Surroundings): HouseFunction {
  const { mailFrom, mailFromName, domain, portalUrl } = around.settings;
  const made = new HouseFunction(
    scope,
    {
      name: 'dispatch',
      alarmImpact: 'Letters are issued and do not go out.',
      deadLettersImpact: 'An issued letter has no delivery: its recipient hears nothing of it.',
      access: {
        readsCommits: [...matters, 'delivery', 'chaser', ...people, ...rules],
        views: 'reads',
        sends: ['send'],
      },
      entries: {
        // Who is urged by hand gets a chaser sheet at once.
        bus: { putsCommits: ['delivery', 'chaser'] },
        queue: { putsCommits: ['delivery'], readsSmtpSecret: true },
      },
      environment: {
        PORTAL_URL: portalUrl,
        MAIL_DOMAIN: domain,
        MAIL_FROM: mailFrom,
        MAIL_FROM_NAME: mailFromName,
      },
      // Longer than an SMTP attempt (30 s), shorter than the lease of a sending (90 s).
      timeout: 60,
    },
    around,
  );
  made.hears([{ types: ['CommitAccepted'] }]);
  // A city's mail server is no cloud service: a few connections at a time.
  made.takesFrom('send', 'queue', 5);
  made.alarmsOnLog('queue', {
    heading: 'deliveries-failed',
    alarmImpact: 'A letter came back, was given up, or waits for a newer release: its recipient does not have it.',
  });
  made.alarmsOnLog('queue', {
    heading: 'mails-not-leaving',
    alarmImpact: 'The mail server takes no mail from us, or has not answered for half an hour: letters wait.',
  });
  return made;
}
