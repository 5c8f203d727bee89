/** How far a table may reach: the head and a thousand rows, with room for blank ones between them. */
export const mostLines = 2000;
export const mostColumns = 32;
/** The most characters of a cell, which is what Excel itself allows. */
export const longestCell = 32_767;

/** Of all parts together. A full table has half as many tags and attributes, and hardly anything that is escaped. */
const mostTags = 150_000;
const mostAttributes = 200_000;
const mostEscapes = 100_000;
/** So many tags or characters, and then others have their turn. */
const tagsInTurn = 20_000;
const charactersInTurn = 500_000;
/** In characters. Readers take a time that grows with the square of it. */
const longestTag = 4096;
/** In characters, as the file spells them: each may stand there as an entity. */
const longestText = 6 * longestCell;

/** Why a part of a workbook is not read: a cell with content that lies outside, or a form that no spreadsheet program writes. */
export type Outside = { readonly cell: string } | 'too-large' | 'unreadable';

export type Bounded = { readonly ok: true; readonly xml: string } | { readonly ok: false; readonly outside: Outside };

const tag = /^<(\/?)(?:[^\s<>"'/:]+:)?([^\s<>"'/:]+)([^<>"']*(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*)*)>/;
const attribute = /(?<![^\s=<>"'/:])([^\s=<>"'/:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const cellPlace = /^([A-Z]{1,3})(\d{1,7})$/;
const rowPlace = /^\d{1,7}$/;

const columnOf = (letters: string): number =>
  Array.from(letters).reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);

/** The values of an attribute, once in every tag that is well-formed. */
const valuesOf = (name: string, attributes: string): string[] =>
  [...attributes.matchAll(attribute)].flatMap(([, own, double, single]) =>
    own === name ? [double ?? single ?? ''] : [],
  );

/** What the parts of a workbook have, counted one part after the other. */
export interface SheetCount {
  tags: number;
  attributes: number;
  escapes: number;
}

/** Lets others have their turn. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How often one text stands in another. */
function timesIn(text: string, part: string): number {
  let times = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) times += 1;
  return times;
}

/**
 * Walks once through a part of a workbook before anything is made of it. Cells far outside that have a format and no content
 * are left out (some programs write a last row, or formats to the edge of the sheet); one with content is named.
 */
export async function boundedSheet(xml: string, count: SheetCount): Promise<Bounded> {
  const no = (outside: Outside): Bounded => ({ ok: false, outside });
  count.escapes += timesIn(xml, '&') + timesIn(xml, '_x');
  if (count.escapes > mostEscapes) return no('too-large');
  const kept: string[] = [];
  let from = 0;
  let rows = 0;
  /** Where a row began that lies outside; its end is still to come. */
  let strayFrom: number | undefined;
  const leaveOut = (start: number, end: number): void => {
    kept.push(xml.slice(from, start));
    from = end;
  };
  let end = 0;
  let turnFrom = 0;
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', end)) {
    if (at - end > longestText) return no('too-large');
    count.tags += 1;
    if (count.tags > mostTags) return no('too-large');
    if (count.tags % tagsInTurn === 0 || at - turnFrom > charactersInTurn) {
      turnFrom = at;
      await pause();
    }
    // A tag ends before the next one begins, and no expression is let loose on more than one may have.
    const next = xml.indexOf('<', at + 1);
    const text = xml.slice(at, Math.min(next === -1 ? xml.length : next, at + longestTag));
    if (text.startsWith('<?')) {
      end = at + text.indexOf('?>') + 2;
      if (end < at + 4) return no('unreadable');
      continue;
    }
    const found = tag.exec(text);
    // Comments, CDATA, document types: nobody writes them here, and what hides in them would not be seen.
    if (found === null || text.startsWith('<!')) return no('unreadable');
    const [whole, closes, name, attributes = ''] = found;
    end = at + whole.length;
    count.attributes += timesIn(attributes, '=');
    if (count.attributes > mostAttributes) return no('too-large');
    const single = attributes.endsWith('/');
    if (closes === '/') {
      if (name !== 'row' || strayFrom === undefined) continue;
      leaveOut(strayFrom, end);
      strayFrom = undefined;
    } else if (name === 'row') {
      rows += 1;
      const places = valuesOf('r', attributes);
      if (places.length > 1 || !places.every((place) => rowPlace.test(place))) return no('unreadable');
      if (Number(places[0] ?? rows) <= mostLines) continue;
      if (places.length === 0) return no('too-large');
      if (single) leaveOut(at, end);
      else strayFrom = at;
    } else if (name === 'c') {
      const places = valuesOf('r', attributes);
      const place = cellPlace.exec(places[0] ?? 'A1');
      if (places.length > 1 || place === null) return no('unreadable');
      const [cell, letters = '', line] = place;
      const stray = strayFrom !== undefined || columnOf(letters) > mostColumns || Number(line) > mostLines;
      if (!stray) continue;
      if (!single) return no({ cell });
      if (strayFrom === undefined) leaveOut(at, end);
    }
  }
  if (xml.length - end > longestText) return no('too-large');
  return { ok: true, xml: kept.join('') + xml.slice(from) };
}
