import { tmpdir } from 'node:os';
import { networkDisk } from './network-disk.ts';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux.each([
  [0x6969, 'NFS'],
  [0xff534d42, 'CIFS'],
  [0x65735546, 'FUSE'],
  [0xef53, undefined],
  [0x58465342, undefined],
])('a data folder on a file system of type %p is on %p', (type, name) => {
  expect(networkDisk('/data', () => type)).toBe(name);
});

test('where the system does not say, nothing is said', () => {
  const silent = (): number => {
    throw new Error('ENOSYS');
  };
  expect(networkDisk('/data', silent)).toBeUndefined();
});

test('the temporary folder of a machine is asked without harm', () => {
  expect(() => networkDisk(tmpdir())).not.toThrow();
});
