import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Tooltip } from 'antd';
import type { Matter } from '../api/answers.ts';
import { commonCommands, type Measure } from '../api/catalogue.ts';
import { useCatalogue, useTodo } from '../api/queries.ts';
import { filled, useWords } from '../words/language.ts';
import { buttonsOf, type CommandButton } from './buttons.ts';

interface At {
  readonly collection: string;
  readonly id: string;
}

function One({
  button,
  at,
  primary = false,
}: {
  readonly button: CommandButton;
  readonly at: At;
  readonly primary?: boolean;
}) {
  const words = useWords();
  const navigate = useNavigate();
  if (button.blocked !== undefined) {
    const why = filled(words.blockedNow, { reason: button.blocked });
    return (
      <Tooltip title={why} trigger={['hover', 'focus']}>
        <Button aria-disabled="true" className="blocked" aria-label={`${button.title}，${why}`}>
          {button.title}
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button
      type={primary ? 'primary' : 'default'}
      onClick={() => void navigate({ to: '/$collection/$id/$command', params: { ...at, command: button.name } })}
    >
      {button.title}
    </Button>
  );
}

/** What may be done with a matter now, as the service says it. */
export function CommandBar({
  matter,
  measure,
  at,
}: {
  readonly matter: Matter;
  readonly measure: Measure | undefined;
  readonly at: At;
}) {
  const words = useWords();
  const navigate = useNavigate();
  const todo = useTodo();
  const { catalogue } = useCatalogue();
  const waiting = (todo.data ?? [])
    .filter((one) => one.matter.kind === matter.kind && one.matter.id === matter.id)
    .map(({ act }) => act);
  const { primary, beside, more } = buttonsOf(matter, measure?.commands ?? [], {
    waiting,
    common: commonCommands(catalogue),
  });
  const items = more.map(({ name, title, tone, blocked }) => ({
    key: name,
    label: blocked === undefined ? title : `${title}（${filled(words.blockedNow, { reason: blocked })}）`,
    danger: tone === 'danger',
    disabled: blocked !== undefined,
    onClick: () => void navigate({ to: '/$collection/$id/$command', params: { ...at, command: name } }),
  }));
  return (
    <div className="row">
      {primary === undefined ? null : <One button={primary} at={at} primary />}
      {beside.map((button) => (
        <One key={button.name} button={button} at={at} />
      ))}
      {items.length === 0 ? null : (
        <Dropdown menu={{ items }} trigger={['click']}>
          <Button aria-haspopup="menu">{words.more} ▾</Button>
        </Dropdown>
      )}
    </div>
  );
}
