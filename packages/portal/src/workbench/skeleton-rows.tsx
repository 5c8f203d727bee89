/** As many rows as fit, of the height that they will have, so that nothing jumps. */
export function SkeletonRows({ columns, rows = 6 }: { readonly columns: number; readonly rows?: number }) {
  return Array.from({ length: rows }, (_row, at) => (
    <tr key={at} aria-hidden="true">
      {Array.from({ length: columns }, (_cell, place) => (
        <td key={place} className={place === 1 ? 'what' : place === 0 ? 'due' : 'since'}>
          <span className="bone" />
        </td>
      ))}
    </tr>
  ));
}
