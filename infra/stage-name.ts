/** How everything is called that a stage makes: `dandang-<stage>-<what>`; its bus and its API without `what`. */
export const nameIn = ({ stage }: { readonly stage: string }, what?: string): string =>
  what === undefined ? `dandang-${stage}` : `dandang-${stage}-${what}`;
