import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { htmlStyle, renderHtml } from './html.ts';
import type { LetterContent } from './letter.ts';

const letter: LetterContent = {
  layout: 'letter',
  issuer: '中共演示市委督查室',
  number: '演督函〔2026〕1号',
  title: '关于市住房和城乡建设局推进老旧小区改造工作成效不明显的提醒函',
  addressees: ['市住房和城乡建设局'],
  body: [
    { kind: 'paragraph', text: '根据演督函〔2026〕1号，联系电话0000-0000000。" onclick="x' },
    { kind: 'form-line', label: '时间', text: '9时' },
    { kind: 'table', header: ['序号', '要求'], rows: [['1', '"><img src=x onerror=alert(1)>']], widths: [1, 5] },
    { kind: 'table', header: ['序号', '要求'], rows: [['1', '整改']], widths: [1, 3] },
  ],
  attachments: ['甲', '乙'],
  signatories: ['中共演示市委办公室督查室联席会议'],
  date: '2026-11-02',
  note: '联系人：赵六',
  copies: ['市委办公室'],
  sealed: true,
  marking: '演示',
};

type Element = DefaultTreeAdapterTypes.Element;

/** Every element of a page, as a browser's parser finds them, and what the parser did not like. */
function parsed(html: string): { readonly elements: readonly Element[]; readonly errors: readonly string[] } {
  const errors: string[] = [];
  const page = parse(html, { onParseError: ({ code }) => errors.push(code) });
  const under = (node: DefaultTreeAdapterTypes.Node): Element[] =>
    'childNodes' in node
      ? node.childNodes.flatMap((child) => ('tagName' in child ? [child, ...under(child)] : under(child)))
      : [];
  return { elements: under(page), errors };
}

const attributes = ({ attrs }: Element) => attrs.map(({ name }) => name);
const textOf = (node: DefaultTreeAdapterTypes.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const named = (elements: readonly Element[], name: string) =>
  elements.filter(({ attrs }) => attrs.some((one) => one.name === 'class' && one.value.split(' ').includes(name)));

describe('the page of a letter, as a parser reads it', () => {
  test.each(['letter', 'document', 'minutes'] as const)('has no errors: %s', (layout) => {
    expect(parsed(renderHtml({ ...letter, layout })).errors).toEqual([]);
  });

  test('has no style attribute and nothing that runs or loads', () => {
    const { elements } = parsed(renderHtml(letter));
    expect(elements.length).toBeGreaterThan(40);
    expect([...new Set(elements.flatMap(attributes))].toSorted()).toEqual([
      'charset',
      'class',
      'content',
      'lang',
      'name',
    ]);
    expect(elements.map(({ tagName }) => tagName)).not.toContain('img');
  });

  test('has its sizes as rules of its one style element, which bears the nonce of the page it stands in', () => {
    const { elements } = parsed(renderHtml(letter, { nonce: 'bm9uY2U=' }));
    const styles = elements.filter(({ tagName }) => tagName === 'style');
    expect(styles).toHaveLength(1);
    const [style] = styles;
    if (style === undefined) throw new Error('no style');
    expect(style.attrs).toEqual([{ name: 'nonce', value: 'bm9uY2U=' }]);
    expect(textOf(style)).toBe(htmlStyle(letter));
    expect(textOf(style)).toContain('.mark{font-size:36pt;');
    // Two tables of one letter have columns of their own.
    expect(textOf(style)).toContain('.t2 .c0{width:16.67%}');
    expect(textOf(style)).toContain('.t3 .c0{width:25.00%}');
  });

  test('sets the title in the lines of the .docx, and numbers in one piece', () => {
    const { elements } = parsed(renderHtml(letter));
    const [title] = named(elements, 'title');
    expect(title?.childNodes.map(textOf)).toEqual(['关于市住房和城乡建设局推进', '老旧小区改造工作成效不明显的提醒函']);
    expect(named(elements, 'whole').map(textOf)).toEqual(expect.arrayContaining(['演督函〔2026〕1号', '0000-0000000']));
  });
});
