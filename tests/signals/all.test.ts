import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { matcher } from '../../rules/lexicon/index.ts';
import { SIGNALS } from '../../rules/signals/index.ts';
import { viewPage } from '../../src/core/page-view.ts';
import { detectSignals } from '../../src/core/signal.ts';
import { ALL_PHRASES } from '../variants.ts';

const names = SIGNALS.map(({ name }) => name);

it('has each signal once', () => expect(new Set(names).size).toBe(names.length));

it('has cases for each signal', () => {
  const tested = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/^testSignal\('(\w+)'/gm)].map(
        (match) => match[1]!,
      ),
    );
  expect([...new Set(tested)].sort()).toEqual([...names].sort());
});

it('has a file of its own for each signal, and says its name in two languages', () => {
  const files = readdirSync(join(import.meta.dirname, '../../rules/signals'));
  for (const { name, title } of SIGNALS) {
    expect(files).toContain(`${name}.ts`);
    expect(title.fa).toMatch(/[\u0600-\u06ff]/);
    expect(title.en).toMatch(/[A-Za-z]/);
  }
});

it('is looked for when it is asked for, and once', () => {
  const looked: string[] = [];
  const told = SIGNALS.map((signal) => ({
    ...signal,
    find: (page: Parameters<typeof signal.find>[0]) => {
      looked.push(signal.name);
      return signal.find(page);
    },
  }));
  const html = '<html lang="fa"><body><p>برای پاسخ به پرسش‌ها در ساعت‌های اداری با ما تماس بگیرید.</p></body></html>';
  const answers = detectSignals(viewPage(html, { url: 'https://www.org.example/', matcher }), told);
  expect(looked).toEqual([]);
  expect(answers.get('html_lang')?.verdict).toBe('present');
  expect(answers.get('html_lang')).toBe(answers.get('html_lang'));
  expect(looked).toEqual(['html_lang']);
  expect([...answers].map(([name]) => name)).toEqual(names);
  expect([...looked].sort()).toEqual([...names].sort());
  expect(answers.get('no_such_signal')).toBeUndefined();
});

it('shows nothing of what no visitor reads, whatever words stand there', () => {
  const html = `<html><head><meta name="description" content="${ALL_PHRASES.replaceAll('"', '')}"><!-- ${ALL_PHRASES} --></head><body><p>این صفحه نوشته‌ای دارد که به موضوع ربطی ندارد و تنها جای خالی را پر می‌کند.</p>
    <script>var words = ${JSON.stringify(ALL_PHRASES)};</script><style>/* ${ALL_PHRASES} */</style><template><p>${ALL_PHRASES}</p></template><noscript>${ALL_PHRASES}</noscript><div hidden>${ALL_PHRASES}</div><p data-x="${ALL_PHRASES.replaceAll('"', '')}"></p></body></html>`;
  const answers = detectSignals(viewPage(html, { url: 'https://www.org.example/', matcher }), SIGNALS);
  expect([...answers].filter(([, { verdict }]) => verdict !== 'absent').map(([name]) => name)).toEqual([]);
});
