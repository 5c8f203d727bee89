/**
 * What a paper is called in lists and subjects: by its own number, else by that of the letter it is about 关于…的…: a number
 * belongs to one document (GB/T 9704, 7.2.5).
 */
export function paperName({
  typeName,
  number,
  regarding,
}: {
  readonly typeName: string;
  readonly number?: string | undefined;
  readonly regarding?: string | undefined;
}): string {
  if (number !== undefined) return `${typeName} ${number}`;
  return regarding === undefined ? typeName : `关于${regarding}的${typeName}`;
}
