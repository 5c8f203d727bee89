/**
 * Events that no release has written yet, by the kind of their files (`matter` for those of every measure). A change that
 * brings one names it here; when the release that writes it is recorded (`npm run record`), it is taken out again.
 */
export const unreleased: Readonly<Record<string, readonly string[]>> = {
  matter: ['DeadlineExtended'],
  chaser: ['ChaserIssued'],
};
