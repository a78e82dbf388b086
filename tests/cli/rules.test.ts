import { afterEach, describe, expect, it, vi } from 'vitest';
import { RULES } from '../../rules/index.ts';
import { CONCEPTS, LANGUAGES } from '../../rules/lexicon/index.ts';
import { indicators } from '../../src/cli/compose.ts';
import { main } from '../../src/cli/main.ts';
import { describeRule, ruleText } from '../../src/cli/rule-description.ts';
import { rulesDocument } from '../../src/cli/rules-document.ts';
import { VERDICT_NAMES } from '../../src/report/words.ts';

/** What a command prints, and its exit code. */
async function printed(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  const code = await main(args);
  vi.restoreAllMocks();
  return { code, out, err };
}
afterEach(() => vi.restoreAllMocks());

it('docs/rules.md is what the rules say of themselves', () =>
  expect(rulesDocument()).toMatchFileSnapshot('../../docs/rules.md'));

describe('rasad rules show', () => {
  it('shows every ending of every rule in both languages, with its weights', () => {
    for (const indicator of indicators) {
      const description = describeRule(indicator);
      for (const lang of ['fa', 'en'] as const) {
        const text = ruleText(description, lang);
        expect(text).toContain(indicator.title[lang]);
        expect(text).toMatch(/^ {2}\u2068?r5\u2069?:/m);
        expect(text).toMatch(/^ {2}\u2068?r4\u2069?:/m);
        for (const ending of description.rule?.endings ?? []) {
          expect(text).toContain(
            lang === 'fa'
              ? `${VERDICT_NAMES[ending.verdict].fa} · \u2068${ending.code}\u2069`
              : `${ending.verdict} · ${ending.code}`,
          );
          expect(text).toContain(ending.text[lang]);
        }
      }
    }
  });

  it('has only codes in Latin letters and digits where it speaks Persian, and keeps them apart', () => {
    for (const indicator of indicators) {
      const { rule } = describeRule(indicator);
      const written = [indicator.id, indicator.title.fa, rule!.why.fa, ...rule!.endings.map(({ text }) => text.fa)];
      const own = ruleText(describeRule(indicator), 'fa')
        .split('\n')
        .filter((line) => !written.includes(line.trim()))
        .map((line) => line.replace(/\u2068[^\u2069]*\u2069/g, ''));
      expect(own.filter((line) => /[a-z\d%,;]/i.test(line))).toEqual([]);
    }
  });

  it('says in Persian whom and what an indicator serves, where the rule looks, and how often it is right', () => {
    const description = describeRule(indicators.find(({ id }) => id === 'presence/tls-valid')!);
    const measured = {
      cases: 40,
      agree: 38,
      open: 3,
      positives: { said: 20, right: 19 },
      absents: { said: 0, right: 0 },
    };
    const text = ruleText({ ...description, rule: { ...description.rule!, measured } }, 'fa');
    expect(text).toContain('\nدرگاه · قابلیت اطمینان\n');
    expect(text).toContain('پیش از «برآورده نشده» خوانده می‌شود: اتصال امن\n');
    expect(text).toContain('\u2068r5\u2069: وزن ۴، کمترین شاهد \u2068E3\u2069\n');
    expect(text).toContain(
      '۴۰ مورد داوری‌شده، در ۳۸ مورد هم‌رأی با برچسب (۹۵٫۰\u200f٪)؛ ۳ مورد دیگر باز ماند\n  «هست» درست بود: ۱۹ از ۲۰ (۹۵٫۰\u200f٪)\n',
    );
  });

  it('prints figures where there are some, and says where there are none', () => {
    const description = describeRule(indicators.find(({ id }) => id === 'presence/tls-valid')!);
    const measured = {
      cases: 40,
      agree: 38,
      open: 3,
      positives: { said: 20, right: 19 },
      absents: { said: 0, right: 0 },
    };
    const text = ruleText({ ...description, rule: { ...description.rule!, measured } }, 'en');
    expect(text).toContain('40 labelled cases, agreeing with the label on 38 (95.0 %); 3 more were left open');
    expect(text).toContain('"present" was right: 19 of 20 (95.0 %)');
    expect(text).toContain('"absent" was right: –');
    expect(ruleText({ ...description, rule: { ...description.rule!, measured: null } }, 'en')).toContain(
      'not measured yet',
    );
  });

  it('tells the history of a rule by its versions', () => {
    const description = describeRule(indicators[0]!);
    const text = ruleText(
      {
        ...description,
        rule: { ...description.rule!, version: 2, history: { 2: 'slides of a moving show count half' } },
      },
      'en',
    );
    expect(text).toContain('version 1: first version\n  version 2: slides of a moving show count half');
  });

  it('is a command, with JSON for machines, and explains an id that it does not know', async () => {
    const shown = await printed('rules', 'show', 'presence/tls-valid', '--json');
    expect(shown.code).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({
      id: 'presence/tls-valid',
      editions: { r5: { weight: 4, minEvidence: 3 } },
      rule: { version: 1 },
    });
    expect((await printed('rules', 'presence/tls-valid', '--lang', 'fa')).out).toContain('گواهی معتبر HTTPS');
    const list = (await printed('rules', '--lang', 'fa')).out.split('\n');
    expect(list[0]).toBe('حضور در وب');
    expect(list[1]).toMatch(/^ {2}✓ presence\/home-link-to-system +۱۳ {2}پیوند از صفحه نخست/);
    expect(list.at(-2)).toMatch(/^۷۵ شاخص از ۷۵ شاخص قاعده دارد/);
    const unknown = await printed('rules', 'show', 'presence/none');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('There is no indicator "presence/none"');
  });
});

describe('rasad rules', () => {
  it('lists every indicator and marks those that a rule measures', async () => {
    const { out } = await printed('rules');
    for (const { id } of indicators)
      expect(out).toMatch(new RegExp(`${RULES.some((rule) => rule.id === id) ? '✓' : '·'} ${id} `));
  });

  it('says of a language which concepts it has no words for', async () => {
    for (const { code, phrases } of LANGUAGES.filter((language) => language.code !== 'fa' && language.code !== 'en')) {
      const { out } = await printed('rules', '--lang', code, '--json');
      expect(JSON.parse(out)).toEqual({
        language: code,
        concepts: CONCEPTS.length,
        lacks: CONCEPTS.filter((concept) => !(concept in phrases)),
      });
    }
  });
});
