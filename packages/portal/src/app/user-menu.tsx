import { Button, Dropdown } from 'antd';
import { useMe } from '../api/queries.ts';
import { useLanguage, useWords } from '../words/language.ts';
import { useSession } from './session.ts';

/** Who is signed in, the language, and the way out. */
export function UserMenu() {
  const words = useWords();
  const language = useLanguage();
  const { me } = useMe();
  const { person, setLanguage } = useSession();
  const name = me?.name ?? person.name;
  const unit = me?.unit?.name;
  const items = [
    ...(unit === undefined
      ? []
      : [{ key: 'unit', label: `${unit}${me?.position === undefined ? '' : ` ${me.position}`}`, disabled: true }]),
    {
      key: 'language',
      label: words.otherLanguage,
      lang: language === 'en' ? 'zh-CN' : 'en',
      onClick: () => setLanguage(language === 'en' ? 'zh-CN' : 'en'),
    },
    { key: 'out', label: words.signOut, onClick: () => void person.signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" className="account" aria-haspopup="menu" aria-label={`${words.account}：${name}`}>
        <span className="name">{name}</span> ▾
      </Button>
    </Dropdown>
  );
}
