import { role } from '@dandang/access/party.ts';
import { commandsOf, type Needs } from '@dandang/casework/command.ts';
import type { RewardEvent } from './events.ts';
import { standingsOf } from './nomination.ts';
import { collectivesOf, type Reward, type RewardDetails, type RewardState } from './reward-matter.ts';

/* What the commands of a reward have in common: who acts, and whom a letter may go to. */

export const command = commandsOf<RewardState, RewardDetails, RewardEvent>();

export const [organization, principalLeader] = [role('organization'), role('principal-leader')];

/** Everybody whom a letter about the reward may go to, and the office that writes it. */
export const partiesOf = ({ unit, subjects, details }: Reward): Needs => ({
  units: [unit.id, details.notice?.office ?? '', ...collectivesOf(details).map((one) => one.unit.id)],
  officials: subjects.map((one) => one.id),
  unitsOfOfficials: true,
});

export const withStandings = (needs: Needs, { subjects }: Reward): Needs => ({
  ...needs,
  files: standingsOf(subjects.map((one) => one.id)),
});
