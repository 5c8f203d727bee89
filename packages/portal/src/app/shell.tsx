import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { measureOf } from '../api/catalogue.ts';
import { useCatalogue, useMe } from '../api/queries.ts';
import { dayText, weekdayText } from '../words/days.ts';
import { filled, useLanguage, useWords } from '../words/language.ts';
import { useAnnouncement } from './announcement.ts';
import { useSession } from './session.ts';
import { useShortcuts } from './shortcuts.ts';
import { UserMenu } from './user-menu.tsx';

/** Which day it is at the service, and what comes: 9月28日 周一 · 工作日 · 国庆放假 10月1日—7日. */
function Day() {
  const words = useWords();
  const language = useLanguage();
  const { me, today } = useMe();
  const day = me?.day;
  if (me?.today === undefined) return null;
  const off = day?.nextOff;
  const parts = [
    `${dayText(today, today, language)} ${weekdayText(today, language)}`,
    day === undefined || day === null ? '' : (day.name ?? (day.working ? words.workingDay : words.dayOff)),
    off === undefined
      ? ''
      : filled(words.nextOff, {
          name: off.name,
          from: dayText(off.from, today, language),
          to: dayText(off.to, today, language),
        }),
  ];
  return <span className="day">{parts.filter((part) => part !== '').join(' · ')}</span>;
}

/** 起草: what the caller may open, as far as the service says so. */
function NewMatter() {
  const words = useWords();
  const navigate = useNavigate();
  const { catalogue } = useCatalogue();
  const { me } = useMe();
  const mayOpen = (me?.mayOpen ?? []).flatMap((collection) => {
    const measure = measureOf(catalogue, collection);
    return measure === undefined ? [] : [measure];
  });
  if (mayOpen.length === 0) return null;
  const items = mayOpen.map(({ collection, title, opening }) => ({
    key: collection,
    label: opening?.title ?? title,
    onClick: () => void navigate({ to: '/$collection/new', params: { collection } }),
  }));
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="primary" aria-haspopup="menu">
        ＋ {words.newMatter}
      </Button>
    </Dropdown>
  );
}

function Navigation({ open }: { readonly open: boolean }) {
  const words = useWords();
  const { catalogue } = useCatalogue();
  const { me } = useMe();
  const { config } = useSession();
  const listed = catalogue.items.filter(({ collection }) => me?.mayList?.includes(collection) ?? true);
  return (
    <nav id="sections" className={open ? 'nav open' : 'nav'} aria-label={words.menu}>
      <ul>
        <li>
          <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
            {words.desk}
          </Link>
        </li>
        {listed.map(({ collection, title }, place) => (
          <li key={collection} className={place === 0 ? 'apart' : undefined}>
            <Link to="/$collection" params={{ collection }} activeOptions={{ includeSearch: false }}>
              {title}
            </Link>
          </li>
        ))}
        <li className="apart">
          <Link to="/deliveries" activeOptions={{ includeSearch: false }}>
            {words.deliveries}
          </Link>
        </li>
        {config.tools === undefined ? null : (
          <li className="only-narrow">
            <a href={config.tools}>{words.tools}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** What every page stands in: the head with the city's name, the sections, and the way past them. */
export function Shell() {
  const words = useWords();
  const { config } = useSession();
  const [open, setOpen] = useState(false);
  const help = useRef<HTMLDialogElement>(null);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  const said = useAnnouncement();
  const navigate = useNavigate();
  useShortcuts({
    help: () => help.current?.showModal(),
    desk: () => void navigate({ to: '/' }),
  });
  return (
    <>
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <header className="head">
        <Button
          className="menu-button"
          aria-label={words.menu}
          aria-expanded={open}
          aria-controls="sections"
          onClick={() => setOpen(!open)}
        >
          ☰
        </Button>
        <Link className="brand" to="/" activeOptions={{ includeSearch: false }}>
          {words.brand}
        </Link>
        {config.city === '' ? null : <span className="city">{config.city}</span>}
        {config.marking === undefined ? null : <span className="marking">{config.marking}</span>}
        <span className="spring" />
        <Day />
        {config.tools === undefined ? null : (
          <a className="day" href={config.tools}>
            {words.tools}
          </a>
        )}
        <NewMatter />
        <UserMenu />
      </header>
      <div className="body">
        <Navigation open={open} />
        <main id="content" className="page" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <p className={said === '' ? 'said' : 'said shown'} role="status">
        {said}
      </p>
      <dialog ref={help} className="keys" aria-labelledby="keys-title">
        <h2 id="keys-title">{words.keysTitle}</h2>
        <p>{words.keysList}</p>
        <form method="dialog">
          <Button htmlType="submit">{words.cancel}</Button>
        </form>
      </dialog>
    </>
  );
}
