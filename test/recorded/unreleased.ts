/**
 * Events that no release has written yet, by the kind of their files (`matter` for those of every measure). A change that
 * brings one names it here; when the release that writes it is recorded (`npm run record`), it is taken out again.
 */
export const unreleased: Readonly<Record<string, readonly string[]>> = {
  reminder: [
    'ReviewerNamed',
    'DisputeAnswered',
    'ContributionFiled',
    'AssistanceDisputed',
    'DisagreementMediated',
    'UnitDeclined',
    'DeclineRefused',
    'UnitReassigned',
  ],
  interview: [
    'RecordCorrected',
    'MeasureReported',
    'ReviewRevoked',
    'ReviewerNamed',
    'DisputeAnswered',
    'OriginRevoked',
    'OriginConsidered',
  ],
  matter: ['DeadlineExtended', 'UnitSucceeded', 'PutForward', 'Signed', 'SentBack', 'TakenAsOrigin'],
  reward: ['RewardRecommended', 'GrantRecorded'],
  'reward-project': ['RewardProjectOpened', 'RewardProjectClosed'],
  tolerance: [
    'ReviewerNamed',
    'ReviewAnswered',
    'ImpactPeriodEnded',
    'ConfirmationAsked',
    'ReformConfirmed',
    'ToleranceReferred',
  ],
  clarification: ['ReviewerNamed'],
  ladder: ['EntryCorrected'],
  chaser: ['ChaserIssued'],
};
