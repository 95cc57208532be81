import { useMemo } from 'react';
import { earlyEnglish, type DownloadLabels } from './labels.ts';
import type { EarlyLabels } from './StateDescription.ts';

/** The app's texts, a provider's and a button's own, over the English ones. */
export function useLabels(
  outer: Partial<DownloadLabels> | undefined,
  own: Partial<DownloadLabels> | undefined,
): EarlyLabels {
  return useMemo(() => {
    if (!outer && !own) return earlyEnglish;
    // Catalogues have gaps, which types may not show; a gap leaves the English words.
    const given = [...Object.entries(outer ?? {}), ...Object.entries(own ?? {})];
    return {
      ...earlyEnglish,
      ...Object.fromEntries(given.filter(([, text]) => typeof text === 'string')),
    };
  }, [outer, own]);
}
