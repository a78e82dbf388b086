import rule from '../../../rules/presence/mobile-friendly.ts';
import { FIRST, phone } from '../measured.ts';
import { PORTAL, SERVICE_PAGE, testRule } from '../test-rule.ts';

const document = (viewport: string | null, body = '<main><h1>سازمان نمونه</h1><p>خوش آمدید.</p></main>'): string =>
  `<html lang="fa" dir="rtl"><head><title>سازمان نمونه</title>${viewport === null ? '' : `<meta name="viewport" content="${viewport}">`}</head><body>${body}</body></html>`;
const adaptive = document('width=device-width, initial-scale=1');
const service = document('width=device-width', '<main><h1>صدور پروانه بهره‌برداری معدن</h1></main>');
const small = phone({ smallTargets: 10, smallTarget: FIRST });
const shrunk = phone({ layoutWidth: 980, contentWidth: 980, smallLetters: 1000, smallTargets: 20, smallText: FIRST, smallTarget: FIRST }); // prettier-ignore

testRule(rule, [
  {
    name: 'passes pages that fulfil all four conditions',
    home: adaptive,
    page: service,
    measured: { [PORTAL]: phone(), [SERVICE_PAGE]: phone({ contentWidth: 397, smallLetters: 100, smallTargets: 4 }) },
    outcome: 'fits',
    verdict: 'pass',
  },
  {
    name: 'passes a first page where no page of a service was measured',
    home: adaptive,
    page: service,
    measured: { [PORTAL]: phone() },
    outcome: 'fits',
  },
  {
    name: 'gives half where targets are small',
    home: adaptive,
    measured: { [PORTAL]: small },
    outcome: 'usable',
    verdict: 'partial',
    quotes: '<main>',
  },
  {
    name: 'gives half where only the page of the service scrolls sideways',
    home: adaptive,
    page: service,
    measured: { [PORTAL]: phone(), [SERVICE_PAGE]: phone({ contentWidth: 800, widest: FIRST }) },
    outcome: 'usable',
  },
  {
    name: 'takes a ban on enlarging for a fault',
    home: document('width=device-width, initial-scale=1, user-scalable=no'),
    measured: { [PORTAL]: phone() },
    outcome: 'usable',
    quotes: 'user-scalable=no',
  },
  {
    name: 'takes a small largest scale for the same',
    home: document('width=device-width, maximum-scale=1.0'),
    measured: { [PORTAL]: phone() },
    outcome: 'usable',
  },
  {
    name: 'does not believe a viewport whose page keeps its width',
    home: adaptive,
    measured: { [PORTAL]: phone({ contentWidth: 1170, widest: FIRST, smallTargets: 15, smallTarget: FIRST, smallLetters: 900, smallText: FIRST }) }, // prettier-ignore
    outcome: 'poor',
    verdict: 'fail',
  },
  {
    name: 'fails a page without a viewport, which is shrunk until nobody can read it',
    home: document(null),
    measured: { [PORTAL]: shrunk },
    outcome: 'poor',
    verdict: 'fail',
  },
  {
    name: 'fails a viewport of a fixed width',
    home: document('width=1200'),
    measured: { [PORTAL]: phone({ layoutWidth: 1200, contentWidth: 1200, smallLetters: 950, smallTargets: 18 }) },
    outcome: 'poor',
  },
  {
    name: 'gives half for a version of its own for telephones',
    home: document(null, '<main><h1>سازمان</h1><a href="https://m.org.example/">نسخه همراه</a></main>'),
    measured: { [PORTAL]: shrunk },
    outcome: 'elsewhere',
    verdict: 'partial',
    quotes: 'نسخه همراه',
  },
  {
    name: 'gives half for an app',
    home: document(null, '<main><a href="https://cafebazaar.ir/app/org">برنامک سازمان</a></main>'),
    measured: { [PORTAL]: shrunk },
    outcome: 'elsewhere',
  },
  {
    name: 'counts a page without letters and controls as having none that are small',
    home: adaptive,
    measured: { [PORTAL]: phone({ letters: 0, targets: 0 }) },
    outcome: 'fits',
  },
  { name: 'says nothing without a browser', home: adaptive, outcome: 'unmeasured', verdict: 'blocked' },
  {
    name: 'says nothing of a first page that did not hold still, whatever other pages show',
    home: adaptive,
    page: service,
    measured: { [SERVICE_PAGE]: phone() },
    outcome: 'unmeasured',
  },
  {
    name: 'blames nobody for a portal that shuts us out',
    outcomes: { [PORTAL]: { kind: 'refused', by: 'wall', detail: '403' } },
    outcome: 'unmeasured',
    verdict: 'blocked',
  },
]);
