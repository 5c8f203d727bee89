import { Refused } from '../api/client.ts';
import { Failure } from './failure-page.tsx';

const nothingHere = new Refused({ title: '', status: 404, code: 'not-found', detail: '' });

export const NotFound = () => <Failure error={nothingHere} />;
