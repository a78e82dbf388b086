import rule from '../../../rules/interaction/subscribe.ts';
import type { FetchOutcome } from '../../../src/core/model.ts';
import { PORTAL, testRule } from '../test-rule.ts';

const page = (body: string, head = ''): string =>
  `<html lang="fa"><head><title>سازمان نمونه</title>${head}</head><body><main><h1>سازمان نمونه</h1></main>${body}</body></html>`;
const icon = page('<footer><a href="/rss" title="RSS"><i class="fa fa-rss"></i></a></footer>');
const XML: FetchOutcome = { kind: 'not-html', contentType: 'application/rss+xml' };
const at = (outcome: FetchOutcome): Record<string, FetchOutcome> => ({ [`${PORTAL}rss`]: outcome });

testRule(rule, [
  { name: 'passes a feed that answers', home: icon, outcomes: at(XML), outcome: 'feed', verdict: 'pass' },
  {
    name: 'passes a feed that only the head of the page names',
    home: page('', '<link rel="alternate" type="application/rss+xml" href="/rss">'),
    outcomes: at(XML),
    outcome: 'feed',
  },
  {
    name: 'finds feeds on the page that lists them',
    home: page('<a href="/feeds-list">خوراک خبرخوان</a>'),
    pages: { '/feeds-list': '<main><h1>خوراک‌ها</h1><a href="/rss">اخبار RSS</a></main>' },
    outcomes: at(XML),
    outcome: 'feed',
  },
  {
    name: 'passes a form for the newsletter',
    home: page(
      '<footer><p>عضویت در خبرنامه</p><form><input type="email" name="email" placeholder="ایمیل شما"><button>عضویت</button></form></footer>',
    ),
    outcome: 'newsletter',
    verdict: 'pass',
  },
  {
    name: 'gives half for a feed that nobody asked for',
    home: icon,
    outcome: 'feed-below-evidence',
    verdict: 'partial',
  },
  {
    name: 'gives half for a feed that sleeps',
    home: icon,
    outcomes: at(XML),
    headers: { [`${PORTAL}rss`]: [['Last-Modified', 'Sat, 01 Aug 2026 10:00:00 GMT']] },
    outcome: 'stale',
    verdict: 'partial',
  },
  {
    name: 'gives half for a channel alone',
    home: page('<footer><a href="https://eitaa.com/sample_org">ایتا</a></footer>'),
    outcome: 'channelOnly',
    verdict: 'partial',
  },
  {
    name: 'fails a sign of a feed that leads to a page',
    home: icon,
    pages: { '/rss': '<main><h1>خوراک</h1><p>به زودی</p></main>' },
    outcome: 'notAFeed',
    verdict: 'fail',
  },
  {
    name: 'fails a feed that is gone',
    home: icon,
    outcomes: at({ kind: 'unreachable', cause: 'not-found', detail: '404' }),
    outcome: 'dead',
    verdict: 'fail',
  },
  { name: 'fails where there is nothing', home: page(''), outcome: 'none', verdict: 'fail' },
  {
    name: 'takes a log-in with an e-mail address for no newsletter',
    home: page(
      '<form><label>ایمیل <input type="email" name="email"></label><label>رمز عبور <input type="password" name="p"></label><button>ورود</button></form>',
    ),
    outcome: 'none',
  },
  {
    name: 'does not blame a feed that we were refused',
    home: icon,
    outcomes: at({ kind: 'refused', by: 'wall', detail: '' }),
    outcome: 'unlooked',
    verdict: 'blocked',
  },
]);
