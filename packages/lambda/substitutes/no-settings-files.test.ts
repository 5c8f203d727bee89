import { getInstanceMetadataRegion } from './no-machine-region.ts';
import { fromSharedConfigFiles } from './no-settings-files.ts';

test('what the files of settings would say is asked of whoever comes next', async () => {
  await expect(fromSharedConfigFiles()()).rejects.toMatchObject({ tryNextLink: true });
});

test('no machine is asked for its region', async () => {
  await expect(getInstanceMetadataRegion()).resolves.toBeUndefined();
});
