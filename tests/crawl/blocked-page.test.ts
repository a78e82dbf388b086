import { describe, expect, it } from 'vitest';
import { recogniseBlock } from '../../src/crawl/blocked-page.ts';

const block = (html: string | null, headers: Record<string, string> = {}, status = 200) =>
  recogniseBlock({ status, html, header: (name) => headers[name] ?? null });

const CONTENT = '<p>خدمات الکترونیک سازمان برای شهروندان و کسب و کارها</p>'.repeat(20);

describe('a firewall is known', () => {
  it.each([
    ['by the header of Cloudflare', '<p>hi', { 'cf-mitigated': 'challenge' }, 403, /Cloudflare/],
    ['by the header of AWS, with no page at all', null, { 'x-amzn-waf-action': 'challenge' }, 202, /AWS/],
    [
      'by the page of Cloudflare',
      '<title>Just a moment...</title><script>window._cf_chl_opt={}</script>',
      {},
      503,
      /Cloudflare/,
    ],
    [
      'by the page of ArvanCloud',
      '<h1>در حال بررسی مرورگر، پیش از انتقال به سایت هستیم ...</h1>',
      {},
      200,
      /در حال بررسی مرورگر/,
    ],
    [
      'by the cookie that ArvanCloud computes',
      '<p>Transferring to the website...</p><script>document.cookie="__arcsjs="+x</script>',
      {},
      200,
      /Arvan/,
    ],
    [
      'by the page of F5',
      '<html>The requested URL was rejected. Please consult with your administrator. Your support ID is: 42</html>',
      {},
      200,
      /F5/,
    ],
    [
      'by the page of Imperva',
      '<iframe src="/_Incapsula_Resource?incident_id=1">Request unsuccessful. Incapsula incident ID: 1</iframe>',
      {},
      200,
      /Imperva/,
    ],
    [
      'by the page of the national filter',
      '<iframe src="http://10.10.34.36/?type=x" style="width:100%"></iframe>',
      {},
      200,
      /national filter/,
    ],
    ['by Arabic letters in a Persian sentence', '<b>دسترسي شما مسدود شده است</b>', {}, 200, /مسدود/],
  ])('%s', (_name, html, headers, status, who) =>
    expect(block(html, headers as Record<string, string>, status)).toMatch(who),
  );
});

describe('a page stays a page', () => {
  it.each([
    ['that explains captchas at length', `<p>Please complete the security check, verify you are human</p>${CONTENT}`],
    ['with many links and a phrase', `<p>Access denied</p>${'<a href="/x">خدمت</a>'.repeat(12)}`],
    [
      'with the script that Cloudflare puts into pages it lets through',
      '<div id="app"></div><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
    ],
    [
      'with the script that Imperva puts into pages it lets through',
      '<div id="app"></div><script src="/_Incapsula_Resource?SWJIYLWA=1"></script>',
    ],
    ['that is short', '<p>صفحه در دست ساخت است</p>'],
  ])('%s', (_name, html) => expect(block(html)).toBeNull());

  it('although a firewall that let it pass has marked it', () => {
    expect(block(CONTENT, { 'x-datadome-cid': 'abc' }, 200)).toBeNull();
    expect(block(CONTENT, { 'x-datadome-cid': 'abc' }, 403)).toMatch(/DataDome/);
  });
});
