import { startSettings } from './start-settings.ts';

test('nothing set is the demonstration on port 3000', () => {
  expect(startSettings({ HOME: '/root' })).toEqual({
    port: 3000,
    folder: '.dandang',
    policyId: 'yichang',
    demonstration: true,
  });
});

test.each([
  ['PORT', 'http'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['DANDANG_DATA', ''],
  ['DANDANG_NOW', 'tomorrow'],
  ['DANDANG_POLICY', 'atlantis'],
  ['DANDANG_DEMO', 'false'],
  ['DANDANG_DEMOO', 'off'],
])('%s=%s is one sentence that names the setting and says what to do', (name, value) => {
  const read = startSettings({ [name]: value });
  const faults = 'faults' in read ? read.faults : [];
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(name);
  expect(faults[0]).toMatch(/^[^\n]+\.$/);
});

test('every fault is said at once', () => {
  const read = startSettings({ PORT: 'x', DANDANG_NOW: 'y', DANDANG_POLICY: 'z' });
  expect('faults' in read ? read.faults : []).toHaveLength(3);
});
