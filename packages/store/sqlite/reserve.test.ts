import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRoom, type Room } from './reserve.ts';

const MB = 1024 * 1024;
let folder: string;
/** What the disk has free; what the reserve takes and gives is counted by the test. */
let free: number | undefined;
let room: Room;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dandang-reserve-'));
  free = 100 * MB;
  room = openRoom(folder, () => free);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the reserve is made where there is room, with bytes in it, and only once', async () => {
  await room.keep();
  await room.keep();
  expect(await readdir(folder)).toEqual(['reserve']);
  expect((await stat(join(folder, 'reserve'))).size).toBe(8 * MB);
  expect(room.left()).toBe(96 * MB);
});

test('without a reserve its bytes are not there for anybody else: the disk is as full as with it', async () => {
  free = 11 * MB;
  expect(room.isFull()).toBe(true);
  await room.keep();
  expect(await readdir(folder)).toEqual([]);
  free = 13 * MB;
  expect(room.left()).toBe(MB);
});

test('it is given up when the last room goes, what it gave free takes nothing new, and it is made again', async () => {
  await room.keep();
  free = 3 * MB;
  expect(room.isFull()).toBe(true);
  expect(await readdir(folder)).toEqual(['reserve']);
  free = 0;
  expect(room.isFull()).toBe(true);
  expect(await readdir(folder)).toEqual([]);
  free = 8 * MB;
  expect(room.isFull()).toBe(true);
  free = 30 * MB;
  expect(room.isFull()).toBe(false);
  await room.keep();
  expect(await readdir(folder)).toEqual(['reserve']);
});

test('a reserve is found again, and one that a kill left half made is not taken for one', async () => {
  await room.keep();
  free = 5 * MB;
  expect(openRoom(folder, () => free).left()).toBe(MB);
  room.giveUp();
  await writeFile(join(folder, 'reserve.partial'), 'half');
  expect(openRoom(folder, () => free).isFull()).toBe(true);
  expect(await readdir(folder)).toEqual([]);
});

test('where room cannot be measured nothing is refused for it', async () => {
  free = undefined;
  await room.keep();
  expect([room.left(), room.isFull(), await readdir(folder)]).toEqual([undefined, false, []]);
});

test('the disk’s own room is measured', () => {
  expect(openRoom(folder).left()).toBeGreaterThan(0);
});
