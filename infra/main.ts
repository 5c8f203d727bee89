import { AwsSolutionsChecks } from 'cdk-nag';
import { App, Validations } from 'aws-cdk-lib/core';
import { DataStack } from './data-stack.ts';
import { functionCode } from './function-code.ts';
import { functions, ServiceStack } from './service-stack.ts';
import { readSettings } from './settings.ts';

/** `npm run synth -- -c stage=infra/stages/city.json`; without it, the stage that the tests deploy. */
const app = new App();
const stage: unknown = app.node.tryGetContext('stage');
const settings = readSettings(typeof stage === 'string' ? stage : 'infra/stages/test.json');
const codeOf = await functionCode(Object.keys(functions), settings);
const data = new DataStack(app, settings, process.env['CDK_DEFAULT_ACCOUNT']);
new ServiceStack(app, settings, data, codeOf);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
app.synth();
