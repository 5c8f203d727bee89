import type { FileRef } from '@dandang/casework/command.ts';
import type { FileOfOthers } from '@dandang/casework/measure-definition.ts';
import type { Warning } from '@dandang/casework/warning.ts';
import { isRevoked } from '../risk-filing/risk-filing-file.ts';
import { filingRef } from './application.ts';
import type { Tolerance } from './tolerance-matter.ts';

/* The risk filings that a tolerance relied on, as they are now: what was put forward as a shield is revoked later, too. */

export const filingsNow = ({ details }: Tolerance): FileRef[] => details.riskFilings.map(({ id }) => filingRef(id));

export const revokedFilings = (tolerance: Tolerance, file: FileOfOthers): Warning[] =>
  filingsNow(tolerance).flatMap((matter) => (isRevoked(file(matter)) ? [{ code: 'filing-revoked', matter }] : []));
