/**
 * A text in both languages. What people read of measures lies in files of words and forms, which documents, the portal and
 * tests import; nothing that a function needs to answer a request imports one, so that no bundle carries them.
 */
export interface Word {
  readonly zh: string;
  readonly en: string;
}
