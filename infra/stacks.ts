import type { App, Stack } from 'aws-cdk-lib/core';
import type { CodeOf } from './constructs/surroundings.ts';
import { CoreStack } from './core-stack.ts';
import { DataStack } from './data-stack.ts';
import { MeasuresStack } from './measures-stack.ts';
import { measuresStacks } from './measures-stacks.ts';
import type { Settings } from './settings.ts';

/** All stacks of a stage, in the order in which they are deployed; they are rolled back in the reverse. */
export function stacksOf(app: App, settings: Settings, codeOf: CodeOf, account?: string): readonly Stack[] {
  const env = { region: settings.region, ...(account === undefined ? {} : { account }) };
  const common = { settings, env, codeOf };
  const stacks = [
    new DataStack(app, settings, env),
    new CoreStack(app, common),
    ...measuresStacks.map(
      (measures, before) =>
        new MeasuresStack(app, before === 0 ? 'measures' : `measures-${before + 1}`, measures, common),
    ),
  ];
  for (const [index, stack] of stacks.entries()) {
    const before = stacks[index - 1];
    if (before !== undefined)
      stack.addStackDependency(before, 'it reads what the other has told (infra/parameters.ts)');
  }
  return stacks;
}
