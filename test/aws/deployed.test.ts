import { clarificationStory } from './clarification-story.ts';
import { type DeployedTown, startDeployedTown } from './deployed-town.ts';
import { directoryStory } from './directory-story.ts';
import { doorStory } from './door-story.ts';
import { emulatorIsThere } from './emulator.ts';
import { interviewStory } from './interview-story.ts';
import { operatorStory } from './operator-story.ts';
import { outageStory } from './outage-story.ts';
import { putPoison } from './poison.ts';
import { reminderStory } from './reminder-story.ts';
import { restoreStory } from './restore-story.ts';
import { rewardStory } from './reward-story.ts';
import { toleranceStory } from './tolerance-story.ts';

const there = emulatorIsThere();
if (!there)
  process.stderr.write('\nSKIPPED: ministack is not on the PATH (pip install ministack): nothing was deployed\n');

/*
 * One test file, because a deployment takes a minute, and because the stories follow each other: the first fills the
 * directory, the last looks at everything that the others left behind. Each story is a module that is named after it.
 */
(there ? describe : describe.skip)('the service, deployed by the CDK into an emulator of AWS', () => {
  let deployed: DeployedTown | undefined;
  const town = (): DeployedTown => {
    if (deployed === undefined) throw new Error('nothing is deployed');
    return deployed;
  };
  beforeAll(async () => {
    deployed = await startDeployedTown();
  }, 360_000);
  afterAll(() => deployed?.close(), 60_000);

  doorStory(town);
  directoryStory(town);

  // Poison first, so that everything that follows is what "the others go on" means.
  describe('with poison in a queue and in the table', () => {
    beforeAll(() => putPoison(town()), 60_000);

    reminderStory(town);
    interviewStory(town);
    toleranceStory(town);
    clarificationStory(town);
    rewardStory(town);
    outageStory(town);

    operatorStory(town);
    restoreStory(town);
  });
});
