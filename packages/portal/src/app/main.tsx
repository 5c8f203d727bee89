import { createRoot } from 'react-dom/client';
import { client } from '../api/client.ts';
import { clearDrafts } from '../form/draft.ts';
import { type Language, wordsIn } from '../words/language.ts';
import { Application } from './application.tsx';
import { Standing } from './failure-page.tsx';
import { keptLanguage, keepLanguage } from './kept-language.ts';
import { type PortalConfig, portalConfig, signIn } from './sign-in.ts';
import './portal.css';

const place = document.getElementById('portal');
if (place === null) throw new Error('the page has no place for the portal');
const root = createRoot(place);

let language: Language = keptLanguage();

async function start(): Promise<void> {
  const answer = await fetch('/portal/config.json');
  const config: PortalConfig = portalConfig.parse(await answer.json());
  const words = wordsIn[language];
  document.documentElement.lang = language;
  const person = await signIn(config, clearDrafts);
  if (person === 'signed-out') {
    root.render(<Standing title={words.signedOut} action={{ href: '/', text: words.signInAgain }} />);
    return;
  }
  history.replaceState(null, '', person.path ?? '/');
  const asking = { token: person.token, language: () => language };
  const nonce = document.querySelector('meta[name=style-nonce]')?.getAttribute('content') ?? '';
  const render = (): void => {
    document.documentElement.lang = language;
    root.render(
      <Application
        nonce={nonce}
        language={language}
        session={{
          config,
          person,
          client: client(asking),
          setLanguage: (chosen) => {
            language = chosen;
            keepLanguage(chosen);
            render();
          },
        }}
      />,
    );
  };
  render();
}

start().catch(() => {
  const words = wordsIn[language];
  root.render(
    <Standing
      title={words.signInFailedTitle}
      text={words.signInFailedText}
      action={{ href: '/', text: words.signInAgain }}
    />,
  );
});
