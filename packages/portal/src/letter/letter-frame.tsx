import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useLetter } from '../api/queries.ts';
import { Failure } from '../app/failure-page.tsx';
import { useSession } from '../app/session.ts';
import { filled, useWords } from '../words/language.ts';
import { saveBlob } from './save-blob.ts';

/** The nonce of this page's policy, which a frame made from it lives under, too. */
const nonce = (): string => document.querySelector('meta[name=style-nonce]')?.getAttribute('content') ?? '';

/** A page's text as an address of this window alone, given back when it is no longer shown. */
function useBlobAddress(html: string | undefined): string | undefined {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (html === undefined) return undefined;
    const styled = html.replaceAll('<style', `<style nonce="${nonce()}"`);
    const made = URL.createObjectURL(new Blob([styled], { type: 'text/html;charset=utf-8' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [html]);
  return address;
}

export interface ShownLetter {
  /** `/api/reminders/<id>/documents/<document>`, without the ending. */
  readonly path: string;
  readonly title: string;
  /** It has not gone out yet, and may still change. */
  readonly draft?: boolean;
}

/**
 * A letter as it went out, in a frame without scripts, as high as its text; to be printed, or fetched as a file. It is fetched
 * with the token, since an address alone shows nothing.
 */
export function LetterFrame({
  path,
  title,
  draft = false,
  children,
}: ShownLetter & { readonly children?: React.ReactNode }) {
  const words = useWords();
  const { client } = useSession();
  const letter = useLetter(`${path}.html`, draft);
  const address = useBlobAddress(letter.data);
  const frame = useRef<HTMLIFrameElement>(null);
  if (letter.isError) return <Failure error={letter.error} again={() => void letter.refetch()} />;
  const grow = (): void => {
    const shown = frame.current;
    const height = shown?.contentDocument?.documentElement.scrollHeight;
    if (shown !== null && height !== undefined) shown.style.height = `${String(height + 4)}px`;
  };
  return (
    <>
      <div className="letters">
        <div className="row">{children}</div>
        <div className="row">
          <Button onClick={() => void client.blob(`${path}.docx`).then((blob) => saveBlob(blob, `${title}.docx`))}>
            {words.download}
          </Button>
          <Button onClick={() => frame.current?.contentWindow?.print()}>{words.print}</Button>
        </div>
      </div>
      {address === undefined ? (
        <p className="empty" role="status">
          {words.loading}
        </p>
      ) : (
        <iframe
          ref={frame}
          className="letter-frame"
          title={filled(words.letterFrame, { title })}
          src={address}
          sandbox="allow-same-origin allow-modals"
          onLoad={grow}
        />
      )}
    </>
  );
}
