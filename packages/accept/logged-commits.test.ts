import { clockActor } from '@dandang/casework/commit.ts';
import { appendToFile, readFile } from '@dandang/store/file.ts';
import { memoryCommitStore } from '../../test/store/memory-store.ts';
import { becauseOf } from './because.ts';
import { structuredLog } from './log.ts';
import { loggedCommits } from './logged-commits.ts';

const commit = (id: string) => ({
  at: '2026-09-15T10:00:00.000+08:00',
  by: clockActor,
  command: 'issue',
  request: { id, body: '' },
  events: [
    { type: 'LetterIssued', data: { title: '关于张三的提醒' } },
    { type: 'ReplyAsked', data: {} },
  ],
});

test('a commit that was taken is said with what it was made because of, and without what it says', async () => {
  const lines: unknown[] = [];
  const log = structuredLog(
    'reminders',
    () => '2026-09-15T10:00:00.000+08:00',
    (line) => lines.push(JSON.parse(line)),
  );
  const commits = loggedCommits(memoryCommitStore(), log);
  const before = await readFile(commits, 'reminder/a');
  await becauseOf({ request: 'r1' }, () => appendToFile(commits, before, commit('asked-1')));
  expect(lines).toMatchObject([
    {
      message: 'commit-accepted',
      request: 'r1',
      file: 'reminder/a',
      version: 1,
      command: 'issue',
      events: 'LetterIssued ReplyAsked',
      asked: 'asked-1',
    },
  ]);
  expect(JSON.stringify(lines)).not.toContain('张三');
});

test('nothing is said of a commit that came too late', async () => {
  const lines: string[] = [];
  const commits = loggedCommits(memoryCommitStore(), { info: (code) => lines.push(code) });
  const before = await readFile(commits, 'reminder/a');
  await appendToFile(commits, before, commit('first'));
  expect(await appendToFile(commits, before, commit('second'))).toBe('version-taken');
  expect(lines).toEqual(['commit-accepted']);
});
