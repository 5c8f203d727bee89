import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  type FileChild,
  Footer,
  FrameAnchorType,
  FrameWrap,
  Header,
  HorizontalPositionAlign,
  type IBorderOptions,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  NoBreakHyphen,
  Packer,
  PageNumber,
  Paragraph,
  ShadingType,
  Tab,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlignTable,
  VerticalPositionAlign,
  WidthType,
} from 'docx';
import { compose, typesetTitle, type BodyPart, type Cell, type Composition, type Labelled } from './composition.ts';
import { coreProperties, FONT_TABLE, NUMBERING, SETTINGS, STYLES } from './docx-parts.ts';
import type { LetterContent } from './letter.ts';
import * as measures from './measures.ts';
import { fillsPage, lastParagraphLine } from './page-end.ts';
import { archiveOfDay } from './zip-time.ts';

const { page, grid, size, fonts, letterLayout, twips, LINE, MM, TRACKING, RED } = measures;

const millimetres = (mm: number) => twips(mm * MM);
/** Eighths of a point, in which it counts the width of borders. */
const eighths = (mm: number) => Math.round(mm * MM * 8);
/** Lines of the grid. */
const lines = (count: number) => twips(LINE * count);
/** Characters of 正文. */
const characters = (count: number) => twips((size.body + TRACKING) * count);
/** Characters of 版记 and page number, set without tracking. */
const smallCharacters = (count: number) => twips(size.small * count);

type Face = keyof typeof fonts;

/** The typeface's name in the file; what to take in its place stands in the font table. */
const font = (face: Face) => ({ name: fonts[face][0], hint: 'eastAsia' });

/**
 * With an exact distance of lines, word processors put the baseline at four fifths of it. A Chinese character's upper edge
 * lies 0.86 of its size above the baseline, its lower edge 0.06 below (both within a pixel for 小标宋, 宋体 and Noto).
 */
const BASELINE = 0.8;
const ABOVE = 0.86;
const BELOW = 0.06;
/** Points from the upper edge of a line to the upper edge of its characters. */
const blankAbove = (line: number, points: number) => line * BASELINE - points * ABOVE;
/** Points from the lower edge of a line's characters to the lower edge of the line. */
const blankBelow = (line: number, points: number) => line * (1 - BASELINE) - points * BELOW;

interface Setting extends Omit<IParagraphOptions, 'text' | 'children' | 'spacing' | 'style'> {
  readonly face?: Face;
  readonly points?: number;
  readonly color?: string;
  readonly tracking?: number;
  /** Distance of lines in points. */
  readonly line?: number;
  /** Twips. */
  readonly before?: number;
  readonly after?: number;
}

function face({ face = 'body', points = size.body, tracking = 0, color }: Setting): IRunOptions {
  return {
    font: font(face),
    size: points * 2,
    characterSpacing: twips(tracking),
    ...(color === undefined ? {} : { color }),
  };
}

/**
 * Text goes in as `text`: among `children` the library takes a string such as CURRENT for a page number. It is parted
 * after each brace, because the library replaces `{default-bullet-numbering-0}` wherever it stands in the finished XML,
 * and around a hyphen between figures: no line ends within 010-12345678.
 */
function runs(words: string, setting: Setting): TextRun[] {
  return words
    .split(/(?<=\{)|(?<=\d)(?=-\d)|(?<=\d-)(?=\d)/u)
    .map(
      (part) =>
        new TextRun({ ...face(setting), ...(part === '-' ? { children: [new NoBreakHyphen()] } : { text: part }) }),
    );
}

function paragraph(children: string | readonly TextRun[], setting: Setting): Paragraph {
  const {
    face: _face,
    points: _points,
    color: _color,
    tracking: _tracking,
    line = LINE,
    before = 0,
    after = 0,
    ...options
  } = setting;
  return new Paragraph({
    ...options,
    children: typeof children === 'string' ? (children === '' ? [] : runs(children, setting)) : children,
    spacing: { line: twips(line), lineRule: LineRuleType.EXACT, before, after },
  });
}

/**
 * 5.2.2, 5.2.3: 三号仿宋, 28 to a line. LibreOffice 7.4 reads `overflowPunct` upside down, and a sign that hangs out of a
 * justified line it does not print at all; Word lets one hang, as it does in every Chinese text that does not forbid it.
 */
const text = { tracking: TRACKING, alignment: AlignmentType.BOTH, overflowPunctuation: true } as const;

function rule(style: IBorderOptions['style'], mm: number, space = 0): IBorderOptions {
  return { style, color: RED, size: eighths(mm), space };
}

/** The red lines of 信函格式 are longer than 版心 is wide and stand in the middle of the page, not of 版心. */
const acrossPage = {
  left: millimetres((page.width - letterLayout.lineLength) / 2 - page.left),
  right: millimetres((page.width - letterLayout.lineLength) / 2 - page.right),
};

/** Distance of the header from the upper edge of the page, mm, and the height of the marking's line in it, points. */
const HEADER = 15;
const MARKING_LINE = 20;

function markingParagraph(marking: string | undefined): Paragraph {
  return paragraph(marking ?? '', {
    face: 'hei',
    points: size.small,
    alignment: AlignmentType.CENTER,
    line: MARKING_LINE,
  });
}

/** 10.1: 发文机关标志 and the first red double line. They stand above 版心, so they are the first page's header, which pushes the text down. */
function letterHead({ marking, mark = '' }: Composition): Header {
  const points = measures.markSize(mark, 'letter');
  const line = points * 1.2;
  const { markBelowPage, lineBelowMark } = letterLayout;
  return new Header({
    children: [
      markingParagraph(marking),
      paragraph(mark, {
        face: 'mark',
        points,
        color: RED,
        line,
        alignment: AlignmentType.CENTER,
        before: millimetres(markBelowPage - HEADER) - twips(MARKING_LINE + blankAbove(line, points)),
        indent: acrossPage,
        border: {
          bottom: rule(
            BorderStyle.THICK_THIN_SMALL_GAP,
            1.06,
            Math.round(lineBelowMark * MM - blankBelow(line, points)),
          ),
        },
      }),
    ],
  });
}

/** 10.1: 发文字号 at the right edge below the line, then two lines, then the title. */
function letterOpening({ number }: Composition): Paragraph[] {
  const below = letterLayout.numberBelowLine * MM - blankAbove(LINE, size.body);
  return [paragraph(number ?? '', { ...text, alignment: AlignmentType.RIGHT, before: twips(below) })];
}

/** 7.2.4, 7.2.5, 7.2.7 (and 10.3 for 纪要): mark, two lines, number, red rule of 版心's width; nothing of it on a sheet without 版头. */
function documentOpening({ mark, number }: Composition): Paragraph[] {
  if (mark === undefined) return [];
  const points = measures.markSize(mark, 'document');
  const line = points * 1.2;
  return [
    paragraph(mark, {
      face: 'mark',
      points,
      color: RED,
      line,
      alignment: AlignmentType.CENTER,
      before: millimetres(measures.MARK_BELOW_AREA) - twips(blankAbove(line, points)),
    }),
    paragraph(number ?? '', {
      ...text,
      alignment: AlignmentType.CENTER,
      before: lines(2),
      border: {
        bottom: rule(
          BorderStyle.SINGLE,
          0.35,
          Math.round(measures.RULE_BELOW_NUMBER * MM - blankBelow(LINE, size.body)),
        ),
      },
    }),
  ];
}

/** 7.3.1: two lines below, 二号小标宋, centred; one empty line after it (7.3.2). */
function titleParagraphs(composed: Composition): Paragraph[] {
  const setting = { face: 'title', points: size.title } as const;
  const titles = typesetTitle(composed);
  return titles.map((title, at) =>
    paragraph(
      title.flatMap((line, number) => [
        ...(number === 0 ? [] : [new TextRun({ ...face(setting), break: 1 })]),
        ...runs(line, setting),
      ]),
      {
        ...setting,
        alignment: AlignmentType.CENTER,
        before: at === 0 ? lines(2) : 0,
        after: at === titles.length - 1 ? lines(1) : 0,
        keepNext: true,
        keepLines: true,
      },
    ),
  );
}

/** A label in front, and every line of the text aligned with its first character. Places in twips from the edges of 版心. */
function labelled(
  { label, text: words }: Labelled,
  { left, hanging, right = 0 }: { readonly left: number; readonly hanging: number; readonly right?: number },
  setting: Setting,
  labelFace: Face = 'body',
): Paragraph {
  const indent = { left: left + hanging, right, ...(label === '' ? {} : { hanging }) };
  const labelRuns = label === '' ? [] : runs(label, { ...setting, face: labelFace });
  return paragraph([...labelRuns, ...runs(words, setting)], { ...setting, indent });
}

const thin: IBorderOptions = { style: BorderStyle.SINGLE, color: '000000', size: eighths(measures.imprintRule.inner) };

/** 四号 in tables and 版记, lines 22 pt apart (practice). */
const small = { points: size.small, line: 22 } as const;
const AREA = millimetres(page.areaWidth);

function cellParagraphs(cell: Cell, setting: Setting): Paragraph[] {
  return cell.length === 0 ? [paragraph('', setting)] : cell.map((line) => paragraph(line, setting));
}

function table({ header, rows, widths }: Extract<BodyPart, { kind: 'table' }>, keepNext: boolean): Table {
  const sum = widths.reduce((total, width) => total + width, 0);
  const columns = widths.map((width) => Math.floor((AREA * width) / sum));
  const margins = { left: millimetres(1.5), right: millimetres(1.5), top: millimetres(0.8), bottom: millimetres(0.8) };
  const row = (cells: readonly Cell[], tableHeader: boolean, kept = false) =>
    new TableRow({
      tableHeader,
      children: cells.map(
        (cell, at) =>
          new TableCell({
            width: { size: columns[at] ?? 0, type: WidthType.DXA },
            verticalAlign: VerticalAlignTable.CENTER,
            margins,
            children: cellParagraphs(
              cell,
              tableHeader ? { ...small, face: 'hei', alignment: AlignmentType.CENTER } : { ...small, keepNext: kept },
            ),
          }),
      ),
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: AREA, type: WidthType.DXA },
    columnWidths: columns,
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
    rows: [...(header.length === 0 ? [] : [row(header, true)]), ...rows.map((cells) => row(cells, false, keepNext))],
  });
}

/** 7.3.3: 黑体 and 楷体 for the two upper levels, 仿宋 for the others; two characters' indent. 10.3: 黑体 for a label such as 出席. */
function bodyChild(part: BodyPart, last?: Pick<Setting, 'keepNext' | 'widowControl' | 'line'>): Paragraph | Table {
  const first = { firstLine: characters(2) };
  switch (part.kind) {
    case 'paragraph':
      return paragraph(part.text, { ...text, ...last, indent: first });
    case 'heading': {
      const typeface = part.level === 1 ? 'hei' : part.level === 2 ? 'kai' : 'body';
      return paragraph(part.text, { ...text, face: typeface, indent: first, keepNext: true });
    }
    case 'form-line': {
      const hanging = characters(Math.min(measures.characterWidth(part.label), grid.characters / 2));
      return labelled(
        part,
        { left: characters(2), hanging },
        { ...text, ...last, alignment: AlignmentType.LEFT },
        'hei',
      );
    }
    case 'table':
      return table(part, last !== undefined);
  }
}

/** 7.3.4: one line below 正文, two characters in; further lines aligned with the first character of the name. */
function attachmentParagraphs({ attachments }: Composition): Paragraph[] {
  const deepest = measures.characterWidth(attachments[0]?.label ?? '');
  return attachments.map((line, at) => {
    const hanging = measures.characterWidth(line.label);
    const left = characters(2 + deepest - hanging);
    return labelled(
      line,
      { left, hanging: characters(hanging) },
      {
        ...text,
        alignment: AlignmentType.LEFT,
        before: at === 0 ? lines(1) : 0,
        keepNext: true,
      },
    );
  });
}

/**
 * Sealed (7.3.5.1): the date four characters from the right edge, the signature centred over it. Both are centred on one
 * axis, so that they stay so with typefaces of other widths; a very long signature moves the axis inwards.
 */
function sealedPlace(signatory: string, date: string): Setting {
  const axis = Math.max(4 + measures.characterWidth(date) / 2, measures.characterWidth(signatory) / 2);
  return { alignment: AlignmentType.CENTER, indent: { left: Math.max(0, AREA - characters(2 * axis)) } };
}

/**
 * Not sealed (7.3.5.2): the signature two characters from the right edge, the date beginning two to the right of it; a
 * date longer than the signature stands two from the edge, and the signature moves inwards.
 */
function unsealedPlaces(signatory: string, date: string): { readonly signatory: Setting; readonly date: Setting } {
  const width = measures.characterWidth(signatory);
  const longer = width - measures.characterWidth(date);
  const fromRight = (count: number): Setting => ({
    alignment: AlignmentType.RIGHT,
    indent: { right: characters(count) },
  });
  return longer >= 0
    ? {
        signatory: fromRight(2),
        date: { alignment: AlignmentType.LEFT, indent: { left: Math.max(0, AREA - characters(width)) } },
      }
    : { signatory: fromRight(4 - longer), date: fromRight(2) };
}

/**
 * Empty lines above the signature. 7.3.5.1: the seal's upper edge lies within a line of the text and its middle a little
 * above signature and date; with a seal of 42 to 45 mm that asks for two. 7.3.5.2: one.
 */
const signatureGap = (sealed: boolean): number => (sealed ? 2 : 1);

function signatureParagraphs({ signatories, date, note }: Composition, sealed: boolean): Paragraph[] {
  const longest = signatories.toSorted((a, b) => measures.characterWidth(b) - measures.characterWidth(a))[0] ?? '';
  const central = sealedPlace(longest, date);
  // Several bodies without a seal are centred over one another too: the standard's rule knows only one.
  const place =
    sealed || signatories.length !== 1 ? { signatory: central, date: central } : unsealedPlaces(longest, date);
  const before = lines(signatureGap(sealed));
  const rows = [...signatories.map((words) => ({ words, where: place.signatory })), { words: date, where: place.date }];
  return [
    ...rows.map(({ words, where }, at) =>
      paragraph(words, {
        ...text,
        ...where,
        before: at === 0 ? before : 0,
        keepNext: at < rows.length - 1 || note !== undefined,
      }),
    ),
    ...(note === undefined ? [] : [paragraph(note, { ...text, indent: { left: characters(2) } })]),
  ];
}

/** 7.4.1: a line of 版记, as an empty paragraph filled with black: LibreOffice takes a frame apart that holds several bordered paragraphs. */
function imprintLine(mm: number, frame: Setting): Paragraph {
  return paragraph('', {
    ...frame,
    line: mm * MM,
    points: 1,
    shading: { type: ShadingType.CLEAR, color: 'auto', fill: '000000' },
  });
}

/**
 * 7.4: 版记 at the lower end of the last page's 版心, 四号仿宋, one character in from either side. 10.1: without lines in
 * 信函格式. A frame that is fixed to the end of 版心 keeps it there, whatever the length of the text. (A floating table
 * would do in Word; LibreOffice before 7.6 sets one of full width where it stands in the text.)
 */
function imprint({ copies, printing }: Composition, ruled: boolean): FileChild[] {
  if (copies === undefined && printing === undefined) return [];
  const one = smallCharacters(1);
  const frame: Setting = {
    frame: {
      type: 'alignment',
      width: AREA,
      anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
      alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
      wrap: FrameWrap.NOT_BESIDE,
    },
  };
  const { outer, inner } = measures.imprintRule;
  const line = (mm: number) => (ruled ? [imprintLine(mm, frame)] : []);
  return [
    ...line(outer),
    ...(copies === undefined
      ? []
      : [labelled(copies, { left: one, hanging: smallCharacters(3), right: one }, { ...small, ...frame })]),
    ...(copies === undefined || printing === undefined ? [] : line(inner)),
    ...(printing === undefined
      ? []
      : [
          paragraph(
            [...runs(printing.by, small), new TextRun({ ...face(small), children: [new Tab(), printing.on] })],
            {
              ...small,
              ...frame,
              indent: { left: one, right: one },
              tabStops: [{ type: TabStopType.RIGHT, position: AREA - one }],
            },
          ),
        ]),
    ...line(outer),
    // A frame needs a paragraph to hang on; it must not take a line.
    paragraph('', { line: 1, points: 1 }),
  ];
}

/** Distance of the footer from the lower edge of the page, mm: where 信函格式 has its second line (10.1). */
const FOOTER = letterLayout.lineAbovePageEnd;

/** 10.1: the second red double line, on the first page, which shows no number. */
function letterFoot(): Footer {
  return new Footer({
    children: [
      paragraph('', {
        line: 1,
        points: 1,
        indent: acrossPage,
        border: { bottom: rule(BorderStyle.THIN_THICK_SMALL_GAP, 1.06) },
      }),
    ],
  });
}

/** 7.5: `— 1 —` in 四号宋体, 7 mm below 版心, one character in from the right on odd and from the left on even pages. */
function pageNumberFoot(side: 'left' | 'right'): Footer {
  const line = 18;
  // The dash lies about 0.36 of the type size above the baseline.
  const dash = line * BASELINE - size.small * 0.36;
  const fromPageEnd = (page.bottom - measures.PAGE_NUMBER_BELOW_AREA - FOOTER) * MM - (line - dash);
  const setting: Setting = {
    face: 'song',
    points: size.small,
    line,
    alignment: side === 'left' ? AlignmentType.LEFT : AlignmentType.RIGHT,
    indent: { [side]: smallCharacters(1) },
  };
  return new Footer({
    children: [
      paragraph([new TextRun({ ...face(setting), children: ['— ', PageNumber.CURRENT, ' —'] })], setting),
      paragraph('', { line: fromPageEnd, points: 1 }),
    ],
  });
}

/** Characters of a formula that closes a letter (特此通知。), and of a paragraph before it that goes along whole. */
const [FORMULA, KEPT_BEFORE] = [8, 5 * grid.characters];

/** Whether 正文 ends in a formula: alone above the signature it would be as good as nothing, so that what it closes goes along. */
function closes({ body }: Composition): boolean {
  const [before, last] = body.slice(-2);
  return (
    before?.kind === 'paragraph' &&
    last?.kind === 'paragraph' &&
    measures.characterWidth(last.text) <= FORMULA &&
    measures.characterWidth(before.text) <= KEPT_BEFORE
  );
}

/** Rows of a long table that stay with the signature. */
const KEPT_ROWS = 2;

/**
 * The last of 正文 stays with the signature: a page must not hold a signature alone. Of a table that fills a page only
 * the last rows do, as a table of their own: LibreOffice moves a table that is kept along whole.
 */
function bodyChildren(composed: Composition, gap: number): (Paragraph | Table)[] {
  return composed.body.flatMap((part, at, { length }) => {
    if (at < length - 1) return [bodyChild(part, at === length - 2 && closes(composed) ? { keepNext: true } : {})];
    if (part.kind !== 'table') {
      const line = lastParagraphLine(composed, gap);
      return [line === undefined ? bodyChild(part) : bodyChild(part, { keepNext: true, widowControl: true, line })];
    }
    if (!fillsPage(composed, gap) || part.rows.length <= KEPT_ROWS) return [table(part, true)];
    return [
      table({ ...part, rows: part.rows.slice(0, -KEPT_ROWS) }, false),
      // Without something between them they would be one table again.
      paragraph('', { line: 1, points: 1 }),
      table({ ...part, header: [], rows: part.rows.slice(-KEPT_ROWS) }, true),
    ];
  });
}

function children(composed: Composition, { layout, sealed }: LetterContent): FileChild[] {
  const { addressees } = composed;
  return [
    ...(layout === 'letter' ? letterOpening(composed) : documentOpening(composed)),
    ...titleParagraphs(composed),
    // 7.3.2: flush left, also its further lines.
    ...(addressees === undefined ? [] : [paragraph(addressees, { ...text, alignment: AlignmentType.LEFT })]),
    ...bodyChildren(composed, signatureGap(sealed)),
    ...attachmentParagraphs(composed),
    ...signatureParagraphs(composed, sealed),
    ...imprint(composed, layout === 'document' || layout === 'minutes'),
  ];
}

/**
 * The letter as a .docx in the layout of GB/T 9704-2012 (README.md has the table of clauses). The same content gives the
 * same bytes, whenever and wherever it is rendered. RangeError when the letter's date is none.
 */
export async function renderDocx(letter: LetterContent): Promise<Uint8Array> {
  const composed = compose(letter);
  const isLetter = letter.layout === 'letter';
  const header = () => new Header({ children: [markingParagraph(composed.marking)] });
  const document = new Document({
    externalStyles: STYLES,
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          titlePage: isLetter,
          page: {
            size: { width: millimetres(page.width), height: millimetres(page.height) },
            margin: {
              top: millimetres(page.top),
              bottom: millimetres(page.bottom),
              left: millimetres(page.left),
              right: millimetres(page.right),
              header: millimetres(HEADER),
              footer: millimetres(FOOTER),
            },
          },
          grid: { type: DocumentGridType.LINES, linePitch: twips(LINE) },
        },
        headers: { default: header(), even: header(), ...(isLetter ? { first: letterHead(composed) } : {}) },
        footers: {
          default: pageNumberFoot('right'),
          even: pageNumberFoot('left'),
          ...(isLetter ? { first: letterFoot() } : {}),
        },
        children: children(composed, letter),
      },
    ],
  });
  const packed = await Packer.toArrayBuffer(document, undefined, [
    { path: 'docProps/core.xml', data: coreProperties(composed, letter) },
    { path: 'word/fontTable.xml', data: FONT_TABLE },
    { path: 'word/settings.xml', data: SETTINGS },
    { path: 'word/numbering.xml', data: NUMBERING },
  ]);
  return archiveOfDay(new Uint8Array(packed), letter.date);
}
