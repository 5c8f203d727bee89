import type { Measure } from '@dandang/casework/measure.ts';
import { historyForm, matterAnswerForm, matterListForm } from './answers.ts';
import { listQuery } from './matter-list.ts';
import type { Route, RouteSheet } from './route.ts';

/**
 * What the OpenAPI document says of the routes that every measure has, beside them and not in them: the forms of the answers
 * would weigh on each measure's function, which never looks at them (`test/bench/gates.test.ts`).
 */
export function measureSheets({
  collection,
  title,
  openingSheet,
}: Measure): (Pick<Route, 'method' | 'path'> & { readonly sheet: RouteSheet })[] {
  const base = `/api/${collection}`;
  return [
    {
      method: 'POST',
      path: base,
      sheet: {
        summary: `${title}：${openingSheet.title}`,
        input: openingSheet.input,
        answer: matterAnswerForm,
        status: 201,
      },
    },
    {
      method: 'GET',
      path: base,
      sheet: {
        summary: `${title}：列表`,
        query: listQuery,
        answer: matterListForm,
      },
    },
    { method: 'GET', path: `${base}/{id}`, sheet: { summary: `${title}：查看`, answer: matterAnswerForm } },
    { method: 'GET', path: `${base}/{id}/history`, sheet: { summary: `${title}：全部记录`, answer: historyForm } },
  ];
}
