import { measures } from '@dandang/measures/registry.ts';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Settings } from './settings.ts';
import { nameIn } from './stage-name.ts';

/** The functions beside those of measures that append to files. A test compares them with the rights. */
const ofCore = [
  'attachments-bus',
  'attachments-http',
  'deadlines-lights',
  'deadlines-mails',
  'deliveries-http',
  'directory-bus',
  'directory-http',
  'dispatch-bus',
  'dispatch-queue',
  'reconcile-nightly',
  'records-http',
  'settings-http',
];

const ofMeasures = measures.flatMap(({ collection, footprint: { hears } }) => [
  `${collection}-http`,
  ...(hears.length === 0 ? [] : [`${collection}-bus`]),
]);

/** A role of this stage, spelled: what names it can be made before it. */
export const roleArn = (scope: Construct, settings: Settings, name: string): string =>
  Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'role',
    resourceName: nameIn(settings, name),
    arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
  });

/** The roles of the functions that append to files, each by itself: the data stack lets nobody else put. */
export const puttingRoles = (scope: Construct, settings: Settings): string[] =>
  [...ofCore, ...ofMeasures].map((name) => roleArn(scope, settings, name));
