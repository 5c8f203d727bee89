import type { Measure } from '@dandang/casework/measure.ts';
import { measures } from '@dandang/measures/registry.ts';

/**
 * The measures, by the stack that they are deployed in. One stack is enough until a test says that it has more than 400
 * resources (CloudFormation ends at 500); then the list is divided, and the new part comes last. What is named can be in
 * one stack only: a measure that moves is left out of both in one deployment and put into the other with the next.
 */
export const measuresStacks: readonly (readonly Measure[])[] = [measures];
