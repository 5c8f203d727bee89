import type { AsideFile, Town } from '@dandang/store/town.ts';

/** What was set aside, in memory. */
export function memoryAside(): Town['aside'] {
  let kept: readonly AsideFile[] = [];
  const without = ({ consumer, file }: Pick<AsideFile, 'consumer' | 'file'>) =>
    kept.filter((one) => one.consumer !== consumer || one.file !== file);
  return {
    all: () => kept,
    put: (one) => {
      kept = [...without(one), one];
    },
    remove: (one) => {
      kept = without(one);
    },
  };
}
