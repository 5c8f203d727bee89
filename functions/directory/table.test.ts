import { zipSync } from 'fflate';
import { readTable } from './table.ts';

const textWith = (part: string): unknown => expect.stringContaining(part);

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** 类型,编号,名称 and 单位,housing,市住建局 as Excel in China writes them. */
const gb18030 = Uint8Array.from([
  0xc0, 0xe0, 0xd0, 0xcd, 0x2c, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xc3, 0xfb, 0xb3, 0xc6, 0x0d, 0x0a, 0xb5, 0xa5, 0xce,
  0xbb, 0x2c, 0x68, 0x6f, 0x75, 0x73, 0x69, 0x6e, 0x67, 0x2c, 0xca, 0xd0, 0xd7, 0xa1, 0xbd, 0xa8, 0xbe, 0xd6, 0x0d,
  0x0a,
]);

/** A workbook of one sheet, as small as one can be. `cells` are the rows' XML. */
function workbook(rows: string): Uint8Array {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
  const types = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return zipSync({
    '[Content_Types].xml': utf8(
      `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': utf8(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': utf8(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="通讯录" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': utf8(
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': utf8(`<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
  });
}

const text = (place: string, value: string): string => `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`;

describe('a CSV file', () => {
  test.each([
    ['UTF-8', utf8('类型,编号,名称\n单位,housing,市住建局\n')],
    ['UTF-8 with a byte-order mark and CRLF', utf8('\ufeff类型,编号,名称\r\n单位,housing,市住建局')],
    ['GB18030', gb18030],
    ['old Macintosh line ends', utf8('类型,编号,名称\r单位,housing,市住建局\r')],
  ])('is read as %s', async (_, content) => {
    expect(await readTable(content)).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['类型', '编号', '名称'] },
        { line: 2, cells: ['单位', 'housing', '市住建局'] },
      ],
    });
  });

  test('keeps commas, quotes and line breaks inside quoted cells, and counts lines as a spreadsheet does', async () => {
    const content = utf8('a,b\r\n"第一行\r\n第二行","说""你好"", 再见"\r\n\r\n,\r\nx,y\r\n');
    expect(await readTable(content)).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['a', 'b'] },
        { line: 2, cells: ['第一行\r\n第二行', '说"你好", 再见'] },
        { line: 5, cells: ['x', 'y'] },
      ],
    });
  });

  test('keeps what looks like a formula as the text that it is', async () => {
    const cells = ['=1+1', '+86', '-5', '@SUM(A1)', '=HYPERLINK("x")'];
    const content = utf8(cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','));
    expect(await readTable(content)).toEqual({ ok: true, rows: [{ line: 1, cells }] });
  });

  test.each([
    ['a line of many columns', utf8('x,'.repeat(95_000)), '超过32列'],
    ['many lines', utf8('a\n'.repeat(95_000)), '超过2000行'],
    ['an endless cell', utf8(`a,b\n${'x'.repeat(40_000)}`), '单元格超过32767字'],
    ['a quote that is never closed', utf8('a,b\nc,"d\n'), '引号'],
    ['bytes of no encoding', Uint8Array.from([0x61, 0xff, 0xff, 0x0a]), 'GB18030'],
    ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x61, 0x00]), 'GB18030'],
    ['an old XLS workbook', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'XLSX'],
    ['a broken archive', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x01]), 'XLSX'],
    ['an archive that is no workbook', zipSync({ 'a.txt': utf8('a') }), 'XLSX'],
  ])('%s is a problem, not an exception', async (_, content, named) => {
    expect(await readTable(content)).toMatchObject({ ok: false, problem: { zh: textWith(named) } });
  });
});

describe('an XLSX workbook', () => {
  test('gives its first sheet as text, with digits as they stand and gaps where cells are missing', async () => {
    const content = workbook(
      `<row r="1">${text('A1', '类型')}${text('B1', '编号')}${text('C1', '名称')}</row>` +
        `<row r="3">${text('A3', '单位')}<c r="B3"><v>20260000000000000001</v></c></row>` +
        `<row r="4">${text('A4', ' 人员 ')}${text('C4', '=1+1')}</row>`,
    );
    expect(await readTable(content)).toEqual({
      ok: true,
      rows: [
        { line: 1, cells: ['类型', '编号', '名称'] },
        { line: 3, cells: ['单位', '20260000000000000001', ''] },
        { line: 4, cells: ['人员', '', '=1+1'] },
      ],
    });
  });

  const far = (places: readonly string[]) =>
    workbook(places.map((place) => `<row r="${/\d+/.exec(place)?.[0]}">${text(place, '甲')}</row>`).join(''));

  test.each([
    ['its last cell', ['XFD1048576'], 'XFD1048576'],
    ['two cells far apart', ['A1', 'A1048576'], 'A1048576'],
    ['a column far to the right', ['A1', 'XFD2'], 'XFD2'],
    ['the first line too many', ['A1', 'A2001'], 'A2001'],
    ['the first column too many', ['A1', 'AG2'], 'AG2'],
  ])('with a text in %s is refused at once, and the cell is named', async (_what, places, named) => {
    const before = process.memoryUsage().rss;
    expect(await readTable(far(places))).toMatchObject({
      ok: false,
      problem: { zh: textWith(`单元格${named}有内容`) },
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('may reach to the last line and column that are read', async () => {
    expect(await readTable(far(['A1', 'AF2000']))).toMatchObject({ ok: true, rows: [{ line: 1 }, { line: 2000 }] });
  });

  test('may have formats, and no content, anywhere', async () => {
    const styled = `<row r="1">${text('A1', '类型')}<c r="XFD1" s="1"/></row><row r="2000" ht="12"/>`;
    const bottom =
      '<row r="1048575"><c r="A1048575" s="1"/></row><row r="1048576" ht="12.8" customHeight="true"></row>';
    expect(await readTable(workbook(styled + bottom))).toEqual({ ok: true, rows: [{ line: 1, cells: ['类型'] }] });
  });

  test.each([
    ['another spelling of the place', `<row r="1"><c r="&#88;FD1" t="inlineStr"><is><t>x</t></is></c></row>`],
    ['a place that is none', `<row r="1e6">${text('A1', 'x')}</row>`],
    ['two places', `<row r="1" x:r="1048576">${text('A1', 'x')}</row>`],
    ['a comment that hides a cell', `<!-- " --><row r="1048576">${text('XFD1048576', '" x')}</row>`],
    ['a quote that hides a cell', `<a b="><row r="1048576">${text('XFD1048576', 'x')}</row>`],
  ])('is no workbook with %s', async (_what, rows) => {
    expect(await readTable(workbook(rows))).toMatchObject({ ok: false, problem: { zh: '不是可以读取的 XLSX 文件' } });
  });

  test.each([
    ['a tag of a million attributes', () => workbook(`<row r="1"${' a="1"'.repeat(1_000_000)}></row>`), '过大'],
    ['a name of a million letters', () => workbook(`<${'a'.repeat(2_500_000)}<row r="1"/>`), '可以读取'],
    ['a tag that is never closed', () => workbook(`<row r="1" ${' a='.repeat(60_000)}`), '可以读取'],
    ['names without a value', () => workbook(`<c r="A1" ${'a'.repeat(4000)}></c>`.repeat(600)), '可以读取'],
    ['a million tags', () => workbook('<a/>'.repeat(1_000_000)), '过大'],
    ['a million rows without a number', () => workbook('<row/>'.repeat(600_000)), '过大'],
    ['a text of a million entities', () => workbook(`<row r="1">${text('A1', '&amp;'.repeat(550_000))}</row>`), '过大'],
    [
      'a text of a million escapes',
      () => workbook(`<row r="1">${text('A1', '_x0041_'.repeat(400_000))}</row>`),
      '过大',
    ],
    [
      'a cell longer than Excel’s own',
      () => workbook(`<row r="1">${text('A1', 'x'.repeat(40_000))}</row>`),
      '单元格超过32767字',
    ],
  ])('with %s is refused, and says why', async (_what, make, named) => {
    expect(await readTable(make())).toMatchObject({ ok: false, problem: { zh: textWith(named) } });
  });

  test('is refused where its archive says less than it unpacks to', async () => {
    const content = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(9 * 1024 * 1024) });
    const view = new DataView(content.buffer, content.byteOffset);
    for (let at = 0; at < content.length - 4; at += 1) {
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true);
      if (view.getUint32(at, true) === 0x04034b50) view.setUint32(at + 22, 100, true);
    }
    expect(await readTable(content)).toMatchObject({ ok: false, problem: { zh: 'XLSX 文件展开后过大' } });
  });

  test('is refused before it is unpacked when it would unpack to too much', async () => {
    const content = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(9 * 1024 * 1024) });
    expect(content.byteLength).toBeLessThan(20_000);
    expect(await readTable(content)).toMatchObject({ ok: false, problem: { zh: 'XLSX 文件展开后过大' } });
  });
});
