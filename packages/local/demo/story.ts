import type { Town } from './town.ts';

interface Told {
  /** Where it comes among the stories: lower first. The clock only goes forward, from one story to the next. */
  readonly place: number;
  /** The titles of its steps, in the order in which `tell` begins them. */
  readonly steps: readonly string[];
  /** Each call of `begin` shows the next title. Throws where the story does not go as it should. */
  readonly tell: (town: Town, begin: () => void) => Promise<void>;
}

/** One story of the demonstration. A file `*-story.ts` of this folder exports it as `story`; `demo.ts` finds it there. */
export class Story implements Told {
  readonly place: Told['place'];
  readonly steps: Told['steps'];
  readonly tell: Told['tell'];

  constructor({ place, steps, tell }: Told) {
    this.place = place;
    this.steps = steps;
    this.tell = tell;
  }
}
