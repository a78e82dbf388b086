/** What commands print where they speak Persian: its words and digits, and codes kept apart. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { openProgress } from '../../src/cli/progress.ts';
import { anOrganization } from '../audit/fake-country.ts';
import { printed } from './in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'rasad-persian-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('rasad registry check sums up a registry', async () =>
  expect((await printed('registry', 'check', 'demo', '--lang', 'fa')).out).toMatch(
    /^\u2068.*demo\u2069: ۱۳ دستگاه، ۵۶ خدمت و زیرخدمت که امتیاز می‌گیرد، ۱۱ سرعنوان؛ بی‌اشتباه\.\n$/,
  ));

it('rasad signals counts what a page shows', async () => {
  const page = join(folder, 'page.html');
  writeFileSync(page, '<title>درگاه</title><form role="search"><input name="q"></form>');
  const { out } = await printed('signals', page, '--lang', 'fa');
  expect(out).toContain('  + site_search              جستجو در درگاه: \u2068q\u2069\n');
  expect(out).toMatch(/\n {2}۱ نشانه از ۶۹\n$/);
});

it('rasad archive counts files', async () => {
  const { out } = await printed('archive', 'check', '--data', folder, '--lang', 'fa');
  expect(out).toBe('۰ پرونده سالم، ۰ پرونده به سبب عمر برداشته شده، ۰ پرونده آسیب‌دیده یا گم‌شده، ۰ پرونده بی‌ارجاع\n');
});

it('the bar of an audit counts organizations, pages and the time that is left', () => {
  const screen = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const options = { total: 12, alreadyDone: 3, lang: 'fa', quiet: false } as const;
  const progress = openProgress({ ...options, stream: screen as unknown as NodeJS.WriteStream });
  progress.organizationDone(anOrganization('tax'), '');
  progress.end();
  expect(String(screen.read())).toMatch(/ ۴ از ۱۲ دستگاه · ۰ صفحه · مانده [۰-۹]+ ثانیه · /);
});
