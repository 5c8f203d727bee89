/** What a list shows of a long text: the beginning of its first line. */
export function firstLine(text: string): string {
  const [line = ''] = text.trim().split(/[\n\r]/);
  const characters = Array.from(line);
  return characters.length <= 40 ? line : `${characters.slice(0, 40).join('')}…`;
}
