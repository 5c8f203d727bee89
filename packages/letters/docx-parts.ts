import type { Composition } from './composition.ts';
import { escaped } from './escaped.ts';
import type { LetterContent } from './letter.ts';
import { fonts, LINE, size, twips } from './measures.ts';
import { printedTitle } from './printable.ts';

/**
 * What holds for every paragraph: 三号仿宋 on exact lines, 22 to the page also with a typeface whose own lines are
 * higher (so nothing snaps to the grid, which is only declared), no space added between
 * Chinese and figures, no line kept back as a widow. The docx library has no option for most of it.
 */
export const STYLES = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="${fonts.body[0]}" w:eastAsia="${fonts.body[0]}" w:hAnsi="${fonts.body[0]}" w:cs="${fonts.body[0]}"/><w:sz w:val="${size.body * 2}"/><w:szCs w:val="${size.body * 2}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="${twips(LINE)}" w:lineRule="exact"/></w:pPr></w:style></w:styles>`;

/** Word takes the first installed one of `altName` where a typeface is missing; the docx library can only embed fonts. */
export const FONT_TABLE = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">${[
  ...new Map(Object.values(fonts).map(([name, ...others]) => [name, others])),
]
  .map(
    ([name, others]) =>
      `<w:font w:name="${name}"><w:altName w:val="${others.join(',')}"/><w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>`,
  )
  .join('')}</w:fonts>`;

/** The docx library writes the time of rendering into the properties; the letter's own date makes the file the same on every rendering. */
export function coreProperties({ mark, signatories }: Composition, { title, date }: LetterContent): string {
  const day = `<dcterms:created xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${date}T00:00:00Z</dcterms:modified>`;
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(printedTitle(title))}</dc:title><dc:creator>${escaped(mark ?? signatories.join('、'))}</dc:creator><dc:language>zh-CN</dc:language>${day}</cp:coreProperties>`;
}

const MAIN = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** What ends no line in Word's own list for Chinese, and the bracket behind the year of a document's number, which its sequence follows. */
const ENDS_NO_LINE = '$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥〕';
/** What begins no line in that list, and the bracket before that year. */
const BEGINS_NO_LINE =
  '!%),.:;&gt;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠〔';

/** Pages of two sides, and 演督函〔2026〕1号 in one piece. The docx library knows no option for the latter. */
export const SETTINGS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="${MAIN}"><w:defaultTabStop w:val="720"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/><w:noLineBreaksAfter w:lang="zh-CN" w:val="${ENDS_NO_LINE}"/><w:noLineBreaksBefore w:lang="zh-CN" w:val="${BEGINS_NO_LINE}"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

/** No letter has a list that the word processor numbers; the docx library puts its own numbering into every file. */
export const NUMBERING = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:numbering xmlns:w="${MAIN}"/>`;
