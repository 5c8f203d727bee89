import { Button } from 'antd';
import { filled, useWords } from '../words/language.ts';

/** A list that is read page by page, as far as its foot needs it. */
interface PagedList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Under a list: how many rows are shown, and a button for more where there are more. */
export function MoreRows({ shown, list }: { readonly shown: number; readonly list: PagedList }) {
  const words = useWords();
  return (
    <p className="row" style={{ marginTop: 12 }}>
      <span className="quiet" role="status">
        {filled(words.shownCount, { n: shown })}
      </span>
      {list.hasNextPage ? (
        <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
          {words.moreRows}
        </Button>
      ) : null}
    </p>
  );
}
