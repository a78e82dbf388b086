import { definePortalRule, fail, notApplicable, partial, pass } from '../define.ts';
import { serviceGroupsOf, unreadGroupsOf, type ServiceGroup } from '../service-groups.ts';

export default definePortalRule({
  id: 'integration/life-events',
  version: 1,
  why: {
    fa: 'شهروند رویداد زندگی خود را می‌شناسد، نه نمودار سازمانی دستگاه را.',
    en: 'Citizens know the event in their life, not the organization chart.',
  },
  source: 'catalogue 60; field "event" of the service identity card',
  needs: ['home', 'catalogue'],
  seeks: ['services', 'life-events'],
  options: { groups: 2, servicesOfGroup: 2, minServices: 5 },
  outcomes: {
    grouped: pass(
      'خدمات در {count} گروه مخاطب یا رویداد آمده است: {names}.',
      'Services are listed in {count} groups of audience or event: {names}.',
    ),
    offered: pass(
      'گروه‌های {names} پیشنهاد می‌شود و صفحه آن‌ها خوانده نشده است.',
      'The groups {names} are offered; their pages were not read.',
    ),
    one: partial(
      'تنها یک گروه مخاطب یا رویداد ({names}) هست.',
      'There is only one group of audience or event ({names}).',
    ),
    bySubject: partial(
      'خدمات تنها بر پایه موضوع یا واحد سازمانی گروه‌بندی شده است: {names}.',
      'Services are grouped by subject or organizational unit only: {names}.',
    ),
    few: notApplicable(
      'دستگاه {count} خدمت دارد و گروه‌بندی لازم نیست.',
      'The organization has {count} services; groups are not needed.',
    ),
    flat: fail('فهرست خدمات گروه‌بندی ندارد.', 'The list of services has no groups.'),
  },
  check(site, conclude, options) {
    if (site.services.length < options.minServices) return conclude.few({ values: { count: site.services.length } });
    const groups = serviceGroupsOf(site).filter(({ services }) => services >= options.servicesOfGroup);
    const byAudience = distinct(groups.filter(({ isAudience }) => isAudience));
    const bySubject = distinct(groups.filter(({ isAudience }) => !isAudience));
    const details = (list: readonly ServiceGroup[]) => ({
      proofs: list.slice(0, 4).map(({ proof }) => proof),
      values: {
        count: list.length,
        names: list
          .slice(0, 4)
          .map(({ name }) => name)
          .join('، '),
      },
    });
    if (byAudience.length >= options.groups) return conclude.grouped(details(byAudience));
    const offered = distinct(unreadGroupsOf(site));
    if (byAudience.length + offered.length >= options.groups)
      return conclude.offered({ ...details([...byAudience, ...offered]), level: 1 });
    if (byAudience.length > 0) return conclude.one(details(byAudience));
    return bySubject.length >= options.groups ? conclude.bySubject(details(bySubject)) : conclude.flat();
  },
});

const distinct = (groups: readonly ServiceGroup[]): ServiceGroup[] => [
  ...new Map(groups.map((group) => [group.name, group])).values(),
];
