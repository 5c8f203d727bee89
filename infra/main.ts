import { measures } from '@dandang/measures/registry.ts';
import { AwsSolutionsChecks } from 'cdk-nag';
import { App, Validations } from 'aws-cdk-lib/core';
import { coreFunctions } from './core-stack.ts';
import { functionCode } from './function-code.ts';
import { readSettings } from './settings.ts';
import { stacksOf } from './stacks.ts';

/** `npm run synth -- -c stage=infra/stages/city.json`; without it, the stage that the tests deploy. */
const app = new App();
const stage: unknown = app.node.tryGetContext('stage');
const settings = readSettings(typeof stage === 'string' ? stage : 'infra/stages/test.json');
const names = [...Object.keys(coreFunctions), ...measures.map(({ collection }) => collection)];
stacksOf(app, settings, await functionCode(names, settings), process.env['CDK_DEFAULT_ACCOUNT']);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
