import type { Command } from '../api/catalogue.ts';
import { buttonsOf } from './buttons.ts';

const command = (name: string, tone: Command['tone'] = 'normal'): Command => ({ name, title: name, tone, form: [] });
const commands = [
  command('urge'),
  command('extend'),
  command('revise'),
  command('send', 'primary'),
  command('undo', 'danger'),
];
const names = (all: readonly { readonly name: string }[]): string[] => all.map(({ name }) => name);
const common = new Set(['urge', 'extend']);
const of = (allowed: readonly string[], waiting: readonly string[] = []) =>
  buttonsOf({ allowed: [...allowed] }, commands, { waiting, common });

test('what waits for the caller here is the primary button, whatever else there is', () => {
  expect(of(['urge', 'revise', 'send'], ['revise']).primary?.name).toBe('revise');
});

test('without a to-do it is the first that leads the matter on', () => {
  expect(of(['urge', 'revise', 'send']).primary?.name).toBe('send');
});

test('what takes back or ends something is never the primary button and stands last', () => {
  const { primary, beside, more } = of(['undo', 'urge', 'extend', 'revise'], ['undo']);
  expect(primary).toBeUndefined();
  expect(names(beside)).toEqual(['revise', 'urge']);
  expect(names(more)).toEqual(['extend', 'undo']);
});

test('what cannot be done now is not the primary button and says why', () => {
  const blocked = { code: 'not-concurred', title: '方案尚未经两机关同意' };
  const { primary, beside } = buttonsOf({ allowed: ['send'], actions: [{ name: 'send', blocked }] }, commands, {
    waiting: ['send'],
    common,
  });
  expect(primary).toBeUndefined();
  expect(beside).toEqual([{ name: 'send', title: 'send', tone: 'primary', blocked: '方案尚未经两机关同意' }]);
});

test('what only a signature can send is marked so', () => {
  const { primary } = buttonsOf({ allowed: [], actions: [{ name: 'send', forSignature: true }] }, commands, {
    waiting: [],
    common,
  });
  expect(primary).toMatchObject({ name: 'send', forSignature: true });
});
