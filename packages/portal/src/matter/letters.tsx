import { useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import type { Drafts, Matter } from '../api/answers.ts';
import { LetterFrame } from '../letter/letter-frame.tsx';
import { useWords } from '../words/language.ts';

/** The letters of a matter, newest first; before them those that it is heading for, marked as drafts. */
export function Letters({
  matter,
  drafts,
  collection,
  chosen,
}: {
  readonly matter: Matter;
  readonly drafts: Drafts;
  readonly collection: string;
  readonly chosen: string | undefined;
}) {
  const words = useWords();
  const navigate = useNavigate();
  const { id } = matter;
  const ahead = drafts.items.map((one) => ({
    id: one.id,
    title: one.title,
    label: `${words.drafts} ${one.title}`,
    draft: true,
  }));
  const issued = matter.documents.toReversed().map(({ id: letter, title, number }) => ({
    id: letter,
    title,
    label: [number, title].filter((part) => part !== undefined).join(' '),
    draft: false,
  }));
  const all = [...ahead, ...issued];
  const letter = all.find((one) => one.id === chosen) ?? all[0];
  if (letter === undefined) return <p className="empty">{words.noDocuments}</p>;
  const folder = letter.draft ? 'drafts' : 'documents';
  return (
    <LetterFrame path={`/api/${collection}/${id}/${folder}/${letter.id}`} title={letter.title} draft={letter.draft}>
      {all.length === 1 ? null : (
        <Select
          value={letter.id}
          aria-label={words.documents}
          popupMatchSelectWidth={false}
          style={{ width: 260 }}
          options={all.map((one) => ({ value: one.id, label: one.label }))}
          onChange={(to) =>
            void navigate({
              to: '/$collection/$id',
              params: { collection, id },
              search: { tab: 'letters', letter: to },
              replace: true,
            })
          }
        />
      )}
    </LetterFrame>
  );
}
