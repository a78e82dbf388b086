/** How the signals fare on the labelled pages of this folder. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matcher } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { detectSignals } from '../../src/core/signal.ts';

interface LabelledPage {
  readonly site: string;
  readonly page: string;
  readonly present: readonly string[];
  readonly absent: readonly string[];
  readonly unsure: readonly string[];
}

const folder = import.meta.dirname;

export const LABELS = JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8')) as {
  readonly closed: readonly string[];
  readonly pages: readonly LabelledPage[];
};

/** Labels against answers: said present or absent, and right or wrong; not answered. */
interface Count {
  tp: number;
  fp: number;
  tn: number;
  fn: number;
  open: number;
}

export interface PageAccuracy {
  readonly sites: number;
  readonly pages: number;
  readonly labels: number;
  /** Means over the sites. */
  readonly precision: number;
  readonly absentRight: number;
  readonly kappa: number;
}

/** Reads every page of the sites with all signals. Labels that are unsure are left out. */
export function accuracyOfPages(isWanted: (site: string) => boolean): PageAccuracy {
  const counts = new Map<string, Count>();
  const pages = LABELS.pages.filter(({ site }) => isWanted(site));
  for (const { site, page, present, absent } of pages) {
    const html = readFileSync(join(folder, 'sites', site, page), 'utf8');
    const view = viewPage(html, { url: `https://www.${site.replaceAll('_', '-')}.example/${page}`, matcher });
    const answers = detectSignals(view, SIGNALS);
    const count = counts.get(site) ?? { tp: 0, fp: 0, tn: 0, fn: 0, open: 0 };
    counts.set(site, count);
    for (const [isThere, names] of [
      [true, present],
      [false, absent],
    ] as const)
      for (const name of names) {
        const verdict = answers.get(name)?.verdict;
        if (verdict === 'present') count[isThere ? 'tp' : 'fp']++;
        else if (verdict === 'absent') count[isThere ? 'fn' : 'tn']++;
        else count.open++;
      }
  }
  const all = [...counts.values()];
  const mean = (of: (count: Count) => number): number => all.reduce((sum, count) => sum + of(count), 0) / all.length;
  return {
    sites: all.length,
    pages: pages.length,
    labels: all.reduce((sum, { tp, fp, tn, fn, open }) => sum + tp + fp + tn + fn + open, 0),
    precision: mean(({ tp, fp }) => tp / (tp + fp)),
    absentRight: mean(({ tn, fn }) => tn / (tn + fn)),
    kappa: mean(kappaOf),
  };
}

/** Cohen's kappa of what was answered. */
function kappaOf({ tp, fp, tn, fn }: Count): number {
  const all = tp + fp + tn + fn;
  const agreed = (tp + tn) / all;
  const byChance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / (all * all);
  return (agreed - byChance) / (1 - byChance);
}
