import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { retry } from '../api/queries.ts';
import { type Language, LanguageContext } from '../words/language.ts';
import { router } from './router.tsx';
import { type Session, SessionContext } from './session.ts';
import { theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 15_000, refetchOnWindowFocus: false } },
});

/** Where drawers, menus and messages are put, so that nothing outside of them is locked. */
const overlays = (): HTMLElement => document.getElementById('overlays') ?? document.body;

/** The whole portal for whoever is signed in. */
export function Application({
  session,
  language,
  nonce,
}: {
  readonly session: Session;
  readonly language: Language;
  readonly nonce: string;
}) {
  return (
    <LanguageContext value={language}>
      <SessionContext value={session}>
        <ConfigProvider
          theme={theme}
          csp={{ nonce }}
          locale={language === 'en' ? enUS : zhCN}
          button={{ autoInsertSpace: false }}
          getPopupContainer={overlays}
        >
          <App component={false}>
            <QueryClientProvider client={queries}>
              <RouterProvider router={router} />
            </QueryClientProvider>
          </App>
        </ConfigProvider>
      </SessionContext>
    </LanguageContext>
  );
}
