import { blocked, defineServiceRule, fail, naming, pageOf, partial, pass, shorten } from '../define.ts';
import { follow } from '../follow.ts';
import { spotOfNode } from '../../src/core/look.ts';
import { SAME_TITLE } from '../../src/core/site-view.ts';

export default defineServiceRule({
  id: 'presence/service-listed',
  version: 1,
  why: {
    fa: 'دورهای ارزیابی بر پایه شناسنامه‌های مصوب است؛ خدمتی که در فهرست درگاه نیست از چشم شهروند پنهان می‌ماند.',
    en: 'Rounds rest on the approved service cards; a service that the portal does not list stays hidden from the citizen.',
  },
  source: 'catalogue 3; guide for loading service cards',
  needs: ['home', 'catalogue'],
  seeks: ['services', 'single-window'],
  outcomes: {
    byCode: pass('خدمت با شناسه خود در فهرست آمده است: «{text}».', 'The service is listed under its code: "{text}".'),
    byTitle: pass('خدمت با عنوان خود در فهرست آمده است: «{text}».', 'The service is listed under its title: "{text}".'),
    typo: partial(
      'شناسه درج‌شده با شناسه مصوب یک رقم فرق دارد: «{text}».',
      'The listed code differs from the approved one by a digit: "{text}".',
    ),
    alike: partial(
      'نزدیک‌ترین عنوان فهرست تنها شبیه است: «{text}».',
      'The nearest title of the list is only similar: "{text}".',
    ),
    parentOnly: partial('تنها خدمت مادر در فهرست آمده است.', 'Only the parent service is listed.'),
    missing: fail('خدمت در فهرست خدمات درگاه نیست.', "The service is not in the portal's list of services."),
    noList: fail(
      'درگاه فهرستی از خدمات ندارد که این خدمت در آن باشد.',
      'The portal has no list of services in which this one could be.',
    ),
    unlooked: blocked(
      'فهرست خدمات («{name}») برای ما خوانده نشد ({why}).',
      'The list of services ("{name}") could not be read by us ({why}).',
    ),
  },
  check(view, conclude) {
    const { site } = view;
    const best = [...view.entries].sort((a, b) => order(b.by) - order(a.by) || b.likeness - a.likeness)[0];
    if (!best) {
      const home = pageOf(site.home);
      const { unlooked } = follow(site, home && site.catalogues.length === 0 ? [home] : [], [
        'services',
        'single-window',
      ]);
      if (unlooked) return conclude.unlooked(naming(unlooked.proof, { why: unlooked.why }));
      if (site.catalogues.length === 0) return conclude.noList();
      const siblings = site.services.filter(
        (other) => other.service.parentId === view.service.parentId && view.service.parentId !== null,
      );
      return siblings.length > 1 && parentListed(view) ? conclude.parentOnly() : conclude.missing();
    }
    const details = {
      proofs: [{ seen: best.seen, spot: spotOfNode(best.node, best.text) }],
      values: { text: shorten(best.text) },
    };
    if (best.by === 'code') return conclude.byCode(details);
    if (
      best.by === 'near-code' ||
      view.entries.some(({ by, seen, node }) => by === 'near-code' && seen === best.seen && node === best.node)
    )
      return conclude.typo(details);
    return best.likeness >= SAME_TITLE ? conclude.byTitle(details) : conclude.alike(details);
  },
});

const order = (by: 'code' | 'near-code' | 'title'): number => (by === 'code' ? 2 : by === 'title' ? 1 : 0);

function parentListed(view: Parameters<Parameters<typeof defineServiceRule>[0]['check']>[0]): boolean {
  const code = view.service.code?.slice(0, 8);
  return (
    code !== undefined &&
    view.site.catalogues.some(({ page }) => page.runs.some(({ folded }) => folded.includes(`${code}000`)))
  );
}
