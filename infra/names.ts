import { tables } from '@dandang/store/tables.ts';
import { ArnFormat, type Stack } from 'aws-cdk-lib/core';
import type { Settings } from './settings.ts';
import { nameIn } from './stage-name.ts';

interface NamedTable {
  readonly name: string;
  readonly arn: string;
  readonly indexArn: string;
}

interface NamedBucket {
  readonly name: string;
  readonly arn: string;
}

/** What holds the data, by name: rights can be read in a review, and no stack needs another to be spelled. */
export interface DataNames {
  readonly commits: NamedTable;
  readonly views: NamedTable;
  readonly copies: NamedBucket;
  readonly attachments: NamedBucket;
  readonly smtpSecret: string;
}

export function dataNames(stack: Stack, settings: Settings): DataNames {
  const table = (name: string, index: string): NamedTable => {
    const arn = stack.formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: name,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    return { name, arn, indexArn: `${arn}/index/${index}` };
  };
  // The account makes a bucket's name unique.
  const bucket = (what: string): NamedBucket => {
    const name = nameIn(settings, `${what}-${stack.account}-${stack.region}`);
    return { name, arn: stack.formatArn({ service: 's3', region: '', account: '', resource: name }) };
  };
  return {
    commits: table(settings.commitsTable, tables.commits.index.name),
    views: table(nameIn(settings, 'views'), tables.views.index.name),
    copies: bucket('copies'),
    attachments: bucket('attachments'),
    smtpSecret: nameIn(settings, 'smtp'),
  };
}
