import { describe, expect, it } from 'vitest';
import {
  actionGuard,
  addressFault,
  hostOf,
  isHostWithin,
  isPaymentGateway,
  normalizeUrl,
  trapReason,
} from '../../src/crawl/guard.ts';

describe('the side-effect guard', () => {
  it.each([
    ['https://a.ir/includes/vote.jsp?votefor=3', 'the poll of a ministry that votes by GET'],
    ['https://a.ir/poll?votefor=2', 'a query key'],
    ['https://a.ir/poll_submit.php?id=1', 'a script named after what it does'],
    ['https://a.ir/pollSubmit?id=1', 'camel case'],
    ['https://a.ir/news/12/like', 'the last segment'],
    ['https://a.ir/page?rate=5', 'a rating'],
    ['https://a.ir/page?id=3&rating=4', 'a rating among other parameters'],
    ['https://a.ir/file/delete/12', 'a segment'],
    ['https://a.ir/delete_item.php?id=1', 'a verb and what it acts on'],
    ['https://a.ir/items/remove?id=1', 'a segment before the query'],
    ['https://a.ir/logout', 'logging out'],
    ['https://a.ir/Account/LogOff.aspx', 'logging out, another word, with an extension'],
    ['https://a.ir/sign-out', 'with a hyphen'],
    ['https://a.ir/newsletter/unsubscribe?u=1', 'unsubscribing'],
    ['https://a.ir/requests/7/approve', 'approving'],
    ['https://a.ir/requests/cancel?id=7', 'cancelling'],
    ['https://a.ir/captcha.ashx?t=1', 'a captcha'],
    ['https://a.ir/CaptchaImage.aspx', 'a captcha by another name'],
    ['https://a.ir/auth/otp?mobile=0912', 'a one-time password'],
    ['https://a.ir/sendCode?mobile=0912', 'a code by message'],
    ['https://a.ir/api/send-sms?to=1', 'a message'],
    ['https://a.ir/shop/?add-to-cart=12', 'a basket'],
    ['https://a.ir/index.php?action=delete&id=3', 'a command as value'],
    ['https://a.ir/index.php?do=submit', 'another command'],
    ['https://a.ir/index.php?r=site/logout', 'a route as value'],
    ['https://a.ir/x;action=delete', 'a path parameter'],
    ['https://a.ir/%64elete/5', 'a percent-encoded letter'],
    ['https://a.ir/p?%61ction=%2564elete', 'encoded twice'],
    ['https://a.ir/p?ctl00%24btnVote=1', 'a WebForms button'],
    ['https://a.ir/%D8%AE%D8%B1%D9%88%D8%AC', 'the Persian word as a whole segment'],
  ])('stops %s (%s)', (url) => expect(actionGuard(url)).toMatch(/path part|query/));

  it.each([
    'https://a.ir/approved-services',
    'https://a.ir/catalogue/deleted-laws',
    'https://a.ir/likely',
    'https://a.ir/rateb',
    'https://a.ir/exchange/rate',
    'https://a.ir/rating-system-guide',
    'https://a.ir/services/cancel-a-trade-licence',
    'https://a.ir/news/approved-budget-2024',
    'https://a.ir/devotees',
    'https://a.ir/removal-services',
    'https://a.ir/search?q=delete',
    'https://a.ir/list?sort=like&dir=desc',
    'https://a.ir/poll.aspx?id=5',
    'https://a.ir/scripts/rating.js',
    'https://a.ir/images/delete.png',
    'https://a.ir/options',
    'https://a.ir/page?do=view&id=2',
    'https://a.ir/%D8%AD%D8%B0%D9%81-%DB%8C%D8%A7%D8%B1%D8%A7%D9%86%D9%87', // «حذف-یارانه» is a service
    'https://a.ir/login?returnUrl=%2Fservices',
    'https://a.ir/?utm_campaign=vote-2024-results',
  ])('lets %s pass', (url) => expect(actionGuard(url)).toBeNull());

  it('lets nothing through by failing on broken percent signs', () => {
    expect(actionGuard('https://a.ir/100%/delete?x=%E0%A4%A')).toMatch(/delete/);
  });
});

describe('payment gateways', () => {
  const list = ['shaparak.ir', 'zarinpal.com'];
  it.each([
    ['sep.shaparak.ir', true],
    ['shaparak.ir', true],
    ['SEP.Shaparak.ir:443', true],
    ['notshaparak.ir', false],
    ['shaparak.ir.example.com', false],
  ])('%s: %s', (host, expected) => expect(isPaymentGateway(host, list)).toBe(expected));
});

describe('the address guard', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.8.9.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['169.254.169.254', 'link-local'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['0.0.0.0', 'reserved'],
    ['192.0.2.7', 'reserved'],
    ['198.19.0.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['::1', 'loopback'],
    ['::', 'reserved'],
    ['[::1]', 'loopback'],
    ['fd00::1', 'private'],
    ['fe80::1%eth0', 'link-local'],
    ['ff02::1', 'multicast'],
    ['::ffff:10.0.0.1', 'IPv4-mapped'],
    ['::ffff:8.8.8.8', 'IPv4-mapped'],
    ['64:ff9b::a00:1', 'NAT64'],
    ['2002:a00:1::1', '6to4'],
    ['2001:0:53aa::1', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['not-an-address', 'not an IP address'],
  ])('refuses %s as %s', (address, fault) => expect(addressFault(address)).toBe(fault));

  it.each(['8.8.8.8', '185.143.233.1', '172.32.0.1', '100.128.0.1', '2a01:4f8::1', '2001:4860:4860::8888'])(
    'accepts %s',
    (address) => expect(addressFault(address)).toBeNull(),
  );

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://127.0.0.1./'])(
    'knows 127.0.0.1 in the disguise %s, because the URL standard does',
    (url) => expect(addressFault(new URL(url).hostname)).toBe('loopback'),
  );
});

describe('normalized addresses', () => {
  it.each([
    ['HTTP://WWW.A.ir:80/x#part', 'http://www.a.ir/x'],
    ['https://a.ir:443', 'https://a.ir/'],
    ['https://user:pass@a.ir/x', 'https://a.ir/x'],
    ['https://a.ir./x', 'https://a.ir/x'],
    ['https://a.ir/x;jsessionid=0A1B?y=1', 'https://a.ir/x?y=1'],
    ['https://a.ir/x?PHPSESSID=1&y=1', 'https://a.ir/x?y=1'],
    ['https://a.ir/(S(abc123))/x.aspx', 'https://a.ir/x.aspx'],
    ['https://a.ir/x?utm_source=t&gclid=1&fbclid=2&id=3', 'https://a.ir/x?id=3'],
    ['https://a.ir/x?', 'https://a.ir/x'],
    ['https://a.ir/x?b=2&a=1&b=2', 'https://a.ir/x?a=1&b=2'],
    ['https://a.ir/%d8%ae', 'https://a.ir/%D8%AE'],
    ['https://ایران.ir/خدمت', 'https://xn--mgba3a4f16a.ir/%D8%AE%D8%AF%D9%85%D8%AA'],
  ])('%s becomes %s', (href, expected) => expect(normalizeUrl(href)).toBe(expected));

  it.each([
    ['https://a.ir/x', 'https://a.ir/X'],
    ['https://a.ir/x', 'https://a.ir/x/'],
    ['https://a.ir/x//y', 'https://a.ir/x/y'],
    ['https://a.ir/x?a=1', 'https://a.ir/x?a=2'],
    ['https://a.ir/x?a=1', 'https://a.ir/x?a=1&a=2'],
    ['http://a.ir/', 'https://a.ir/'],
    ['https://a.ir/x?sid=5', 'https://a.ir/x?sid=6'], // often the number of a section
  ])('keeps %s and %s apart', (one, other) => expect(normalizeUrl(one)).not.toBe(normalizeUrl(other)));

  it('leaves parameters that are not UTF-8, and queries that are a path, as they are written', () => {
    expect(normalizeUrl('https://a.ir/s?q=%CE%CF%E3%CA')).toBe('https://a.ir/s?q=%CE%CF%E3%CA');
    expect(normalizeUrl('https://a.ir/?z/y&a')).toBe('https://a.ir/?z/y&a');
  });

  it.each([
    'https://www.a-b.gov.ir/Services/12/guide.html',
    'http://127.0.0.1:8080/p/3',
    'https://a.ir:59999/%D8%AE%D8%AF%D9%85%D8%AA/~x_y-z/',
    'http://localhost/',
    'https://a.ir',
    'https://a.ir/x/../y',
    'https://a.ir/x/%2E%2E/y',
    'https://a.ir/x/.well-known',
    'https://127.1/x',
    'https://256.0.0.1/x',
    'https://1.2.3.0x4/x',
    'https://a.ir:80443/x',
    'https://a.ir:0443/x',
    'https://xn--a/x',
    'https://a..ir/x',
    'https://a.ir/x y',
    'https://a.ir/x#y',
  ])('takes %s as the parser of addresses does', (href) => {
    // a scheme in capitals is always left to the parser
    expect(normalizeUrl(href)).toBe(normalizeUrl(href.replace('http', 'HTTP')));
    if (URL.canParse(href)) expect(hostOf(href)).toBe(new URL(href).host);
    else expect(() => hostOf(href)).toThrow();
  });

  it('resolves against the page, and takes nothing but http(s)', () => {
    expect(normalizeUrl('../b?x=1', 'https://a.ir/c/d')).toBe('https://a.ir/b?x=1');
    for (const href of [
      'javascript:void(0)',
      'mailto:a@b.ir',
      'file:///etc/passwd',
      'data:text/html,x',
      'http://',
      'ftp://a.ir/',
    ]) {
      expect(normalizeUrl(href)).toBeNull();
    }
  });

  it('is idempotent', () => {
    for (const href of [
      'https://a.ir/(S(x))/(S(y))/z?b=1&a=2&utm_x=1',
      'http://a.ir./;jsessionid=1',
      'https://a.ir/?&&a=1',
    ]) {
      const once = normalizeUrl(href)!;
      expect(normalizeUrl(once)).toBe(once);
    }
  });
});

it('finds a host, and names below it, in a list', () => {
  const list = ['a.ir', 'pay.b.ir'];
  expect(['a.ir', 'x.a.ir', 'X.A.IR:443', 'www.pay.b.ir'].filter((host) => !isHostWithin(host, list))).toEqual([]);
  expect(['', 'ir', 'xa.ir', 'b.ir', 'a.ir.com'].filter((host) => isHostWithin(host, list))).toEqual([]);
  expect(isHostWithin('a.ir', [])).toBe(false);
});

describe('traps', () => {
  it.each([
    [`https://a.ir/${'x'.repeat(2000)}`, /longer/],
    ['https://a.ir/a/b/a/b/a/b', /repeated/],
    ['https://a.ir/?a=1&b=2&c=3&d=4&e=5&f=6&g=7&h=8&i=9', /parameters/],
    ['https://a.ir/calendar?year=2031&month=5', /calendar/],
    ['https://a.ir/events/calendar/2031-05', /calendar/],
    ['https://a.ir/taghvim/1403/07/', /calendar/],
  ])('%s', (url, reason) => expect(trapReason(url)).toMatch(reason));

  it.each([
    'https://a.ir/calendar',
    'https://a.ir/news/2024/1/1/1',
    'https://a.ir/a/b/a/c',
    'https://a.ir/report?year=1403',
  ])('does not take %s for one', (url) => expect(trapReason(url)).toBeNull());
});
