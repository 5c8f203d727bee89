import { whyRefused, WrongCall } from './why-refused.ts';

const asked = 'table dandang-city-commits';
const named = (name: string, more: object = {}): Error => Object.assign(new Error('of the SDK'), { name, ...more });

test.each([
  ['a table or a bus that is not there', named('ResourceNotFoundException'), 'There is no table dandang-city-commits'],
  ['a bucket that is not there', named('NoSuchBucket'), 'There is no '],
  ['a queue that is not there', named('QueueDoesNotExist'), 'There is no '],
  ['a right that the role lacks', named('AccessDeniedException'), 'may not use'],
  ['nobody who signed in', named('CredentialsProviderError'), 'signed in'],
  ['a session that is over', named('ExpiredTokenException'), 'signed in'],
  ['another region', named('PermanentRedirect'), 'AWS_REGION'],
  ['no network', named('Error', { code: 'ENOTFOUND' }), 'not reached'],
  ['a wrong call', new WrongCall('say --from'), 'say --from'],
])('%s is one sentence', (_, error, sentence) => {
  const said = whyRefused(error, asked, 'cn-north-1');
  expect(said).toContain(sentence);
  expect(said).not.toMatch(/\n|\bat /);
});

test('a defect is none', () => {
  expect(whyRefused(new TypeError('x is no function'), asked, 'cn-north-1')).toBeUndefined();
  expect(whyRefused('thrown', asked, 'cn-north-1')).toBeUndefined();
});
