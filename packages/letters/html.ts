import { compose, typesetTitle, type BodyPart, type Cell, type Composition, type Labelled } from './composition.ts';
import { escaped } from './escaped.ts';
import type { LetterContent } from './letter.ts';
import * as measures from './measures.ts';
import { printedTitle } from './printable.ts';

const { page, size, fonts, letterLayout, LINE, TRACKING, RED } = measures;

const family = (face: keyof typeof fonts) => fonts[face].map((name) => `'${name}'`).join(',');

/**
 * On screen an A4 sheet that grows with the text; below 210 mm of width the page of a telephone; in print the standard's
 * 版心, with page numbers and the lower red line in the margin boxes (css-page-3), where the browser knows them.
 */
const CSS = `
:root{--red:#${RED.toLowerCase()};--line:${LINE}pt;--body:${size.body}pt;--small:${size.small}pt;--title:${size.title}pt}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:#e4e4e0;color:#000;font:var(--body)/var(--line) ${family('body')},serif;letter-spacing:${TRACKING}pt}
p,h1,h2,h3,h4,h5,table{margin:0;font-size:inherit;font-weight:normal}
p,h1,h2,h3,h4,h5,td,th{white-space:pre-wrap;overflow-wrap:anywhere}
.sheet{position:relative;display:flex;flex-direction:column;width:${page.width}mm;min-height:${page.height}mm;margin:8mm auto;padding:${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm;background:#fff;box-shadow:0 1mm 4mm #0003}
.marking{position:absolute;top:15mm;left:0;right:0;text-align:center;font:var(--small)/20pt ${family('hei')},sans-serif}
.mark{text-align:center;color:var(--red);font-family:${family('mark')},serif;line-height:1.2;letter-spacing:0}
.number{text-align:center;margin-top:calc(2*var(--line))}
.title{margin:calc(2*var(--line)) 0 var(--line);text-align:center;font:var(--title)/1.32 ${family('title')},serif;letter-spacing:0}
.title span{display:block}
.whole{white-space:nowrap}
.paragraph,.heading{text-indent:2em;text-align:justify}
.h1,.form-line .label{font-family:${family('hei')},sans-serif}
.h2{font-family:${family('kai')},serif}
.form-line{display:flex;padding-left:2em}
.form-line .label,.attachment .label,.copies .label{flex:none;max-width:50%}
table{width:100%;border-collapse:collapse;font-size:var(--small);line-height:1.55;letter-spacing:0}
td,th{border:.25mm solid #000;padding:.8mm 1.5mm;text-align:left}
th{font:inherit;font-family:${family('hei')},sans-serif;text-align:center}
.attachments{margin-top:var(--line);padding-left:2em;break-before:avoid}
.attachment{display:flex}
.attachment.next .label{padding-left:3em}
.signature{margin-top:var(--line);break-before:avoid;break-inside:avoid}
.sealed .signature{margin-top:calc(2*var(--line))}
.signature .block{width:max-content;max-width:100%;margin-left:auto;text-align:center}
.sealed .block{padding-right:calc(4em - var(--overhang,0em))}
.unsealed .block{padding-right:2em}
.unsealed .one .block{padding-right:0;text-align:left}
.unsealed .one .signatory{padding-right:2em}
.unsealed .one .date{padding-left:2em}
.unsealed .long-date .block{padding-right:2em}
.unsealed .long-date .signatory{padding-right:0}
.note{padding-left:2em;break-before:avoid}
.imprint{margin-top:auto;padding-top:var(--line);font-size:var(--small);line-height:22pt;letter-spacing:0;break-inside:avoid}
.imprint p{padding:0 1em}
.copies{display:flex}
.printing{display:flex;justify-content:space-between}
.ruled .imprint>:first-child{border-top:${measures.imprintRule.outer}mm solid #000}
.ruled .imprint>:last-child{border-bottom:${measures.imprintRule.outer}mm solid #000}
.ruled .imprint>:not(:first-child){border-top:${measures.imprintRule.inner}mm solid #000}
.document .mark,.minutes .mark{margin-top:${measures.MARK_BELOW_AREA}mm}
.document .number,.minutes .number{padding-bottom:2mm;border-bottom:.35mm solid var(--red)}
.letter .mark{margin-top:${letterLayout.markBelowPage - page.top - 1}mm}
.line{width:${letterLayout.lineLength}mm;margin-left:${(page.width - letterLayout.lineLength) / 2 - page.left}mm;height:1.3mm;border:solid var(--red);border-width:.8mm 0 .3mm}
.letter .line.first{margin-top:2.6mm}
.letter .number{text-align:right;margin-top:3mm}
.line.second{position:absolute;left:${(page.width - letterLayout.lineLength) / 2}mm;bottom:${letterLayout.lineAbovePageEnd}mm;margin:0;border-width:.3mm 0 .8mm}
@media screen and (max-width:${page.width}mm){
:root{--line:1.75em;--body:17px;--small:15px;--title:21px}
body{background:#fff;letter-spacing:0}
.sheet{width:auto;min-height:100vh;margin:0;padding:20px 18px 36px;box-shadow:none}
.marking{position:static;margin-bottom:12px}
.mark{font-size:min(32px,calc((100vw - 56px)/var(--mark-characters)))!important}
.document .mark,.minutes .mark,.letter .mark{margin-top:0}
.document .number,.minutes .number{margin-top:var(--line)}
.title{margin-top:var(--line)}
.title span{display:inline-block}
.line,.line.second{position:static;width:auto;margin:10px 0 0}
.line.second{margin-top:24px}
table{display:block;overflow-x:auto}
td,th{min-width:4em}
.form-line{padding-left:0}
.imprint{line-height:1.6}
}
@media print{
body{background:none}
.sheet{display:block;width:auto;min-height:0;margin:0;padding:0;box-shadow:none}
.marking{display:none}
.letter .mark{margin-top:0}
.imprint{padding-top:8pt}
.line.second{display:none}
thead{display:table-header-group}
p{orphans:2;widows:2}
tr,.title,.heading{break-inside:avoid}
.title,.heading{break-after:avoid}
}
@page{size:A4;margin:${page.top}mm ${page.right}mm ${page.bottom}mm ${page.left}mm}
@page :right{@bottom-right{content:'— ' counter(page) ' —';font:${size.small}pt/1 ${family('song')},serif;padding:5.2mm 1em 0 0;vertical-align:top}}
@page :left{@bottom-left{content:'— ' counter(page) ' —';font:${size.small}pt/1 ${family('song')},serif;padding:5.2mm 0 0 1em;vertical-align:top}}
`;

/** 10.1: the first page of 信函格式 shows no number, but the second red line. */
const LETTER_CSS = `@page :first{margin-top:${letterLayout.markBelowPage - 1}mm;@bottom-right{content:none}@bottom-center{content:'';width:${letterLayout.lineLength}mm;margin:${
  page.bottom - letterLayout.lineAbovePageEnd - 1.3
}mm -6mm 0 -8mm;height:1.3mm;border:solid #${RED.toLowerCase()};border-width:.3mm 0 .8mm}}`;

/** The marking at the head of every printed page; each character is escaped, so that the text cannot end the string. */
function markingCss(marking: string): string {
  const content = Array.from(marking, (character) => `\\${character.codePointAt(0)?.toString(16) ?? ''} `).join('');
  return `@page{@top-center{content:'${content}';font:${size.small}pt/1 ${family('hei')},sans-serif;padding-top:15mm;vertical-align:top}}`;
}

/** Numbers of documents and of telephones, which browsers may cut after a bracket or a hyphen; not so long that a telephone's line could not hold one. */
const WHOLE = /\p{Script=Han}{0,3}〔\d{4}〕\d{1,6}号?|(?<!\d)\d[\d–-]{1,18}\d(?!\d)/gu;

/** Running text, escaped, in which numbers stay whole. */
function running(text: string): string {
  let from = 0;
  const parts = [...text.matchAll(WHOLE)].map(({ 0: number, index }) => {
    const before = escaped(text.slice(from, index));
    from = index + number.length;
    return `${before}<span class="whole">${escaped(number)}</span>`;
  });
  return `${parts.join('')}${escaped(text.slice(from))}`;
}

const element = (tag: string, name: string, text: string) => `<${tag} class="${name}">${running(text)}</${tag}>`;
const optional = (text: string | undefined, print: (text: string) => string) => (text === undefined ? '' : print(text));

function labelled({ label, text }: Labelled, name: string): string {
  return `<p class="${name}"><span class="label">${escaped(label)}</span><span>${running(text)}</span></p>`;
}

function cell(lines: Cell, tag: 'td' | 'th'): string {
  return `<${tag}>${lines.map((line) => `<p>${running(line)}</p>`).join('')}</${tag}>`;
}

type TablePart = Extract<BodyPart, { kind: 'table' }>;

/** The class of the table that stands at a place of the body; its columns' widths are rules of this letter. */
const tableName = (at: number) => `t${at}`;

function columnRules({ widths }: TablePart, at: number): string {
  const sum = widths.reduce((total, width) => total + width, 0);
  return widths
    .map((width, column) => `.${tableName(at)} .c${column}{width:${((100 * width) / sum).toFixed(2)}%}`)
    .join('');
}

function table({ header, rows, widths }: TablePart, at: number): string {
  const columns = widths.map((_width, column) => `<col class="c${column}">`).join('');
  const row = (cells: readonly Cell[], tag: 'td' | 'th') =>
    `<tr>${cells.map((lines) => cell(lines, tag)).join('')}</tr>`;
  const head = header.length === 0 ? '' : `<thead>${row(header, 'th')}</thead>`;
  return `<table class="${tableName(at)}"><colgroup>${columns}</colgroup>${head}<tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

function bodyElement(part: BodyPart, at: number): string {
  switch (part.kind) {
    case 'paragraph':
      return element('p', 'paragraph', part.text);
    case 'heading':
      return element(`h${part.level + 1}`, `heading h${part.level}`, part.text);
    case 'form-line':
      return labelled(part, 'form-line');
    case 'table':
      return table(part, at);
  }
}

/** Each line a block of its own; on a narrow screen a line that is too long breaks once more. */
const titleElement = (lines: readonly string[]) => lines.map((line) => `<span>${escaped(line)}</span>`).join('');

/** 7.3.5.1 and 7.3.5.2, see `docx.ts`; the browser measures the widths itself. */
function signature({ signatories, date }: Composition): string {
  const longest = Math.max(0, ...signatories.map(measures.characterWidth));
  const width = measures.characterWidth(date);
  const shape = signatories.length !== 1 ? 'several' : longest >= width ? 'one' : 'long-date';
  const names = signatories.map((name) => element('p', 'signatory', name)).join('');
  return `<div class="signature ${shape}"><div class="block">${names}${element('p', 'date', date)}</div></div>`;
}

const markRule = (mark: string, layout: LetterContent['layout']): string =>
  `.mark{font-size:${measures.markSize(mark, layout)}pt;--mark-characters:${Math.max(1, Math.ceil(measures.characterWidth(mark)))}}`;

/**
 * The sizes of this letter, as rules: a page whose policy allows no `style` attribute (the portal's, and that of
 * `/documents/{id}.html`) shows them all the same.
 */
function ownRules({ mark, signatories, date, body }: Composition, layout: LetterContent['layout']): string {
  const longest = Math.max(0, ...signatories.map(measures.characterWidth));
  // The date stands four characters from the edge; what a longer signature reaches beyond it on the right is taken off.
  const overhang = Math.min(4, Math.max(0, (longest - measures.characterWidth(date)) / 2));
  return [
    optional(mark, (text) => markRule(text, layout)),
    `.signature{--overhang:${overhang}em}`,
    ...body.map((part, at) => (part.kind === 'table' ? columnRules(part, at) : '')),
  ].join('');
}

function imprint({ copies, printing }: Composition): string {
  if (copies === undefined && printing === undefined) return '';
  const copied = copies === undefined ? '' : labelled(copies, 'copies');
  const printed =
    printing === undefined
      ? ''
      : `<p class="printing"><span>${escaped(printing.by)}</span> <span>${escaped(printing.on)}</span></p>`;
  return `<footer class="imprint">${copied}${printed}</footer>`;
}

/** All rules of a letter's page, exactly as they stand in its one `<style>`: their hash or a nonce lets a policy allow them. */
export function htmlStyle(letter: LetterContent): string {
  const composed = compose(letter);
  const first = letter.layout === 'letter' ? LETTER_CSS : '';
  return `${CSS}${ownRules(composed, letter.layout)}${first}${optional(composed.marking, markingCss)}`;
}

/**
 * The letter as a whole HTML page for the screen: one `<style>` (with `nonce`, where one is given), no `style` attributes,
 * no scripts, nothing loaded, every text escaped. RangeError when the letter's date is none.
 */
export function renderHtml(letter: LetterContent, { nonce }: { readonly nonce?: string } = {}): string {
  const composed = compose(letter);
  const isLetter = letter.layout === 'letter';
  const content = [
    optional(composed.marking, (text) => element('p', 'marking', text)),
    optional(composed.mark, (text) => element('p', 'mark', text)),
    isLetter ? '<div class="line first"></div>' : '',
    optional(composed.number, (text) => element('p', 'number', text)),
    `<h1 class="title">${typesetTitle(composed).map(titleElement).join('<br>')}</h1>`,
    optional(composed.addressees, (text) => element('p', 'addressees', text)),
    ...composed.body.map(bodyElement),
    composed.attachments.length === 0
      ? ''
      : `<div class="attachments">${composed.attachments.map((line, at) => labelled(line, at === 0 ? 'attachment' : 'attachment next')).join('')}</div>`,
    signature(composed),
    optional(composed.note, (text) => element('p', 'note', text)),
    imprint(composed),
    isLetter ? '<div class="line second"></div>' : '',
  ];
  const classes = `sheet ${letter.layout} ${letter.sealed ? 'sealed' : 'unsealed'}${isLetter || letter.layout === 'sheet' ? '' : ' ruled'}`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escaped(printedTitle(letter.title))}</title>
<style${optional(nonce, (value) => ` nonce="${escaped(value)}"`)}>${htmlStyle(letter)}</style>
</head>
<body>
<main class="${classes}">
${content.filter((part) => part !== '').join('\n')}
</main>
</body>
</html>
`;
}
