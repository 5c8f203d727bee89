/** The kind of the files of chaser sheets 催办单, and the collection's name in paths. */
export const chaserKind = 'chaser';
export const chaserCollection = 'chasers';
