import { usePolicyLines } from '../api/choices.ts';

/** Lines of the policy that are to be kept in mind beside a field. */
export function Reminder({ path }: { readonly path: string }) {
  const lines = usePolicyLines(path);
  if (lines.length === 0) return null;
  return (
    <ul className="quiet">
      {lines.map(({ value, title }) => (
        <li key={value}>{title}</li>
      ))}
    </ul>
  );
}
