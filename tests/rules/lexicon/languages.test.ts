/** The lexicons: complete, without false friends of the neighbouring languages, and enough to read a site of each. */
import { describe, expect, it } from 'vitest';
import { CONCEPTS, LANGUAGES, matcher, matcherOf, type ConceptId } from '../../../rules/lexicon/index.ts';
import { findDuration, findHours, findMoney, isPlaceholder } from '../../../rules/lexicon/values.ts';
import documentsListed from '../../../rules/presence/documents-listed.ts';
import feeTimePublished from '../../../rules/presence/fee-time-published.ts';
import serviceDescribed from '../../../rules/presence/service-described.ts';
import { SIGNALS } from '../../../rules/signals/index.ts';
import { findDays } from '../../../src/core/dates.ts';
import { fold } from '../../../src/core/fold.ts';
import { viewPage } from '../../../src/core/page-view.ts';
import { detectSignals } from '../../../src/core/signal.ts';
import { findingOf } from '../test-rule.ts';

const codes = LANGUAGES.map(({ code }) => code);

describe('a lexicon', () => {
  it.each(codes)('%s has words for every concept', (code) => {
    const { phrases } = LANGUAGES.find((language) => language.code === code)!;
    expect(CONCEPTS.filter((concept) => !(concept in phrases))).toEqual([]);
  });

  it.each(codes)('%s finds each phrase that is not a part of a forbidden one', (code) => {
    const { phrases } = LANGUAGES.find((language) => language.code === code)!;
    const own = matcherOf([code]);
    const lost = Object.entries(phrases).flatMap(([concept, { strong = [], whole = [] }]) =>
      [...strong, ...whole].filter(
        (phrase) => !own.find(fold(phrase)).some((match) => match.concept === concept && match.language === code),
      ),
    );
    expect(lost).toEqual([]);
  });
});

describe('the words of a registry', () => {
  const found = (codes: readonly string[], text: string): string[] =>
    matcherOf(codes)
      .find(fold(text))
      .map(({ language }) => language);
  it('are those of its languages and of English', () => {
    expect(found(['fa'], 'Domande frequenti')).toEqual([]);
    expect(found(['it'], 'Domande frequenti')).toContain('it');
    expect(found(['it'], 'Frequently asked questions')).toContain('en');
    expect(found(['xx'], 'Frequently asked questions')).toContain('en');
  });
  it('are compiled once', () => expect(matcherOf(['fa', 'it'])).toBe(matcherOf(['it', 'fa', 'xx'])));
});

/** Words that two languages share and mean otherwise. */
const FALSE_FRIENDS: readonly (readonly [code: string, text: string])[] = [
  ['ar', 'به این دلیل عنوان خبر تغییر کرد و مراجعه حضوری لازم نیست'],
  ['ar', 'ترخیص کالا از گمرک تا پایان فوریه انجام می‌شود'],
  ['ar', 'تصریح شد که خدمه کشتی مساعده گرفته‌اند'],
  ['ar', 'شب شعر و خوانش اشعار در پردیس هنر'],
  ['ar', 'نیروی برق می‌باشد و مدارک هویتی لازم است'],
  ['ar', 'علی‌الاصول آداب و رسوم هر شهر را باید شناخت'],
  ['ar', 'خوش حسابی مشترکان و اتصال به شبکه و موقعیت دایره دولتی'],
  ['fr', 'This industry standard text is about a home repair assistance program'],
  ['fr', 'The office closes at five; real estate agents and utility pole work; a public notice was posted'],
  ['fr', 'Lista categorie, regione, carta dei servizi, CAF e patronato'],
  ['fr', 'They earn $2 an hour in price tiers with many excuses'],
];

describe('false friends', () => {
  it.each(FALSE_FRIENDS)('%s takes nothing of: %s', (code, text) =>
    expect(
      matcher
        .find(fold(text))
        .filter(({ language, strength }) => language === code && strength !== 'weak' && strength !== 'whole')
        .map(({ phrase, concept }) => `${concept}: ${phrase}`),
    ).toEqual([]),
  );
  it('no length of time is read out of a wage', () => expect(findDuration(fold('$2 an hour'))).toBeNull());
});

describe('values', () => {
  it.each([
    '10 jours ouvrés',
    'deux semaines',
    'immédiat',
    '3 أيام عمل',
    'يوم عمل واحد',
    'أسبوعان',
    'فوري',
    '5 giorni',
  ])('%s is a length of time', (text) => expect(findDuration(fold(text))).not.toBeNull());
  it.each(['25 euros', '1 500 FCFA', '200 درهم', '150 دينارا', '300 ريال', '€ 16,00'])('%s is a sum', (text) =>
    expect(findMoney(fold(text))).not.toBeNull(),
  );
  it.each(['de 9h30 à 17h', '8:00 صباحا إلى 2:30 مساء', 'dalle 9 alle 13'])('%s are hours', (text) =>
    expect(findHours(fold(text))).not.toBeNull(),
  );
  it.each(['À compléter', 'non renseigné', 'غير محدد', 'قيد الإعداد', 'قريباً', 'لا يوجد', 'in aggiornamento'])(
    '%s is no value',
    (text) => expect(isPlaceholder(fold(text))).toBe(true),
  );
  it.each([
    ['12 janvier 2026', '2026-01-12'],
    ['1er août 2026', '2026-08-01'],
    ['12 فبراير 2026', '2026-02-12'],
    ['3 كانون الأول 2025', '2025-12-03'],
  ])('%s is a day', (text, day) => expect(findDays(fold(text)).map((found) => found.day)).toEqual([day]));
});

interface Portal {
  readonly name: string;
  readonly home: string;
  readonly card: string;
  readonly title: string;
}
const PORTALS: readonly Portal[] = [
  {
    name: 'Arabic',
    title: 'إصدار رخصة منجم',
    home: '<html lang="ar" dir="rtl"><body><header><nav><a href="/">الرئيسية</a><a href="/about">عن الوزارة</a><a href="/services">دليل الخدمات</a><a href="/news">آخر الأخبار</a><a href="/faq">الأسئلة الشائعة</a><a href="/contact">اتصل بنا</a><a href="/complaint">تقديم شكوى</a><a href="/login">تسجيل الدخول</a></nav><form role="search"><input type="search" name="q" placeholder="ابحث في الموقع"></form></header><main><h1>وزارة المعادن</h1><p>مرحبا بكم في البوابة الرسمية لوزارة المعادن للخدمات والمعلومات.</p></main><footer><a href="/privacy">سياسة الخصوصية</a><a href="/map">خريطة الموقع</a><a href="/terms">شروط الاستخدام</a><p>هاتف: 021-88776655</p><p>جميع الحقوق محفوظة © 2026</p></footer></body></html>',
    card: '<html lang="ar" dir="rtl"><body><main><h1>إصدار رخصة منجم</h1><table><tr><th>وصف الخدمة</th><td>تتيح هذه الخدمة لأصحاب المشاريع الحصول على رخصة استغلال منجم بعد اكتشافه ودراسة أثره على البيئة والسكان المجاورين للموقع والطرق المؤدية إليه وبعد موافقة الجهات المختصة في المنطقة.</td></tr><tr><th>الفئة المستهدفة</th><td>أصحاب المشاريع من الأفراد والشركات</td></tr><tr><th>نوع الخدمة</th><td>خدمة إجرائية</td></tr><tr><th>رسوم الخدمة</th><td>500 ريال</td></tr><tr><th>مدة إنجاز الخدمة</th><td>10 أيام عمل</td></tr></table><h2>المستندات المطلوبة</h2><ul><li>خريطة موقع المنجم</li><li>دراسة الأثر البيئي</li><li>عقد الإيجار</li></ul></main></body></html>',
  },
  {
    name: 'French',
    title: 'Obtenir un permis de carrière',
    home: '<html lang="fr"><body><header><nav><a href="/">Accueil</a><a href="/about">Qui sommes-nous</a><a href="/services">Toutes les démarches</a><a href="/news">Actualités</a><a href="/faq">Foire aux questions</a><a href="/contact">Nous contacter</a><a href="/complaint">Faire une réclamation</a><a href="/login">Se connecter</a></nav><form role="search"><input type="search" name="q" placeholder="Rechercher"></form></header><main><h1>Ministère des Mines</h1><p>Bienvenue sur le site du ministère des Mines, de ses services et de ses informations.</p></main><footer><a href="/privacy">Politique de confidentialité</a><a href="/map">Plan du site</a><a href="/terms">Mentions légales</a><p>Téléphone : 01 40 56 60 00</p><p>Tous droits réservés © 2026</p></footer></body></html>',
    card: "<html lang=\"fr\"><body><main><h1>Obtenir un permis de carrière</h1><table><tr><th>De quoi s'agit-il</th><td>Cette démarche permet aux exploitants d'obtenir un permis de carrière après étude de son impact sur le voisinage, les routes, les eaux et les terres agricoles des environs.</td></tr><tr><th>À qui s'adresse la démarche</th><td>Exploitants et entreprises</td></tr><tr><th>Type de démarche</th><td>Autorisation</td></tr><tr><th>Coût de la démarche</th><td>150 euros</td></tr><tr><th>Délai de traitement</th><td>10 jours ouvrés</td></tr></table><h2>Pièces justificatives</h2><ul><li>Plan de la carrière</li><li>Étude d'impact</li><li>Contrat de bail</li></ul></main></body></html>",
  },
  {
    name: 'Italian',
    title: 'Richiedere il permesso di cava',
    home: '<html lang="it"><body><header><nav><a href="/">Home</a><a href="/about">Chi siamo</a><a href="/services">Servizi online</a><a href="/news">Novità</a><a href="/faq">Domande frequenti</a><a href="/contact">Contatti</a><a href="/complaint">Segnala disservizio</a><a href="/login">Accedi all\'area personale</a></nav><form role="search"><input type="search" name="q" placeholder="Cerca nel sito"></form></header><main><h1>Agenzia delle Cave</h1><p>Benvenuti nel sito dell\'agenzia, dei suoi servizi e delle sue informazioni.</p></main><footer><a href="/privacy">Informativa privacy</a><a href="/map">Mappa del sito</a><a href="/terms">Note legali</a><p>Telefono: 06 4567 8900</p><p>Tutti i diritti riservati © 2026</p></footer></body></html>',
    card: '<html lang="it"><body><main><h1>Richiedere il permesso di cava</h1><table><tr><th>Descrizione</th><td>Il servizio permette alle imprese di ottenere il permesso di cava dopo lo studio del suo impatto sul vicinato, sulle strade, sulle acque e sui terreni agricoli dei dintorni.</td></tr><tr><th>A chi è rivolto</th><td>Imprese e cittadini</td></tr><tr><th>Cosa si ottiene</th><td>Il permesso firmato</td></tr><tr><th>Costi</th><td>16 euro</td></tr><tr><th>Tempi e scadenze</th><td>10 giorni lavorativi</td></tr></table><h2>Cosa serve</h2><ul><li>Planimetria della cava</li><li>Studio di impatto</li><li>Contratto di locazione</li></ul></main></body></html>',
  },
];
const SHOWN = [
  'site_search',
  'about',
  'service_list',
  'news',
  'faq',
  'contact_page',
  'contact_phone',
  'complaint_channel',
  'login',
  'privacy_statement',
  'sitemap',
  'terms_of_use',
  'copyright_notice',
  'html_lang',
];

describe.each(PORTALS)('a site in $name', ({ home, card, title }) => {
  it('shows what its first page names', () => {
    const answers = detectSignals(viewPage(home, { url: 'https://www.org.example/', matcher }), SIGNALS);
    expect(SHOWN.filter((signal) => answers.get(signal)?.verdict !== 'present')).toEqual([]);
  });
  it.each([feeTimePublished, documentsListed, serviceDescribed].map((rule) => [rule.id, rule] as const))(
    'is measured by %s',
    (_, rule) => {
      const service = { titles: { fa: title, en: '' } };
      expect(findingOf(rule, { name: title, home, page: card, service, outcome: '' })).toMatchObject({
        verdict: 'pass',
      });
      const empty = card.replace(/<td>[^<]*/g, '<td>----').replace(/<li>[^<]*/g, '<li>----');
      expect(findingOf(rule, { name: title, home, page: empty, service, outcome: '' })).toMatchObject({
        verdict: 'fail',
      });
    },
  );
});

/** Every concept is one that a rule or a signal asks for: a word for what nobody asks is work for translators. */
it('has no concept that nobody uses', async () => {
  const { readFileSync, readdirSync } = await import('node:fs');
  const root = new URL('../../../', import.meta.url);
  const text = ['rules', 'src/core', 'src/cli', 'src/audit']
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.startsWith('lexicon/'))
        .map((file) => readFileSync(new URL(`${folder}/${file}`, root), 'utf8')),
    )
    .join('\n');
  expect(CONCEPTS.filter((concept: ConceptId) => !text.includes(`'${concept}'`))).toEqual([]);
});
