import { describe, expect, it } from 'vitest';
import { voiceOf } from '../../src/report/voice.ts';

const fa = voiceOf('fa', 'jalali');
const en = voiceOf('en', 'jalali');

describe('a Persian voice', () => {
  it.each([
    ['an autumn day', '2026-11-23T08:00:00.000Z', 'دوشنبه ۲ آذر ۱۴۰۵'],
    ['the first day of a year', '2026-03-21T09:00:00.000Z', 'شنبه ۱ فروردین ۱۴۰۵'],
    ['the last day of a leap year', '2021-03-20T09:00:00.000Z', 'شنبه ۳۰ اسفند ۱۳۹۹'],
    ['an evening of UTC that is the next day in Tehran', '2026-11-23T21:00:00.000Z', 'سه‌شنبه ۳ آذر ۱۴۰۵'],
  ])('names %s', (_, iso, day) => expect(fa.day(iso)).toBe(day));

  it('tells the time of Tehran, with and without summer time', () => {
    expect(fa.moment('2026-07-01T08:00:00.000Z')).toContain('ساعت ۱۱:۳۰');
    expect(fa.moment('2021-07-01T08:00:00.000Z')).toContain('ساعت ۱۲:۳۰');
  });

  it('keeps the calendar of a country that counts otherwise', () => {
    expect(voiceOf('fa', 'gregorian').moment('2026-11-23T08:05:00.000Z')).toBe(
      'دوشنبه ۲۳ نوامبر ۲۰۲۶، ساعت ۰۸:۰۵ به وقت جهانی',
    );
  });

  it('prints numbers with Persian digits and signs', () => {
    expect([fa.points(62.805), fa.count(1234567), fa.bounds(0, 100)]).toEqual(['۶۲٫۸۱', '۱٬۲۳۴٬۵۶۷', '۰٫۰ تا ۱۰۰٫۰']);
  });

  it('turns the numbers of a sentence, and leaves addresses, levels and codes alone', () => {
    const sentence = 'مدت 12 روز و هزینه 250,000 ریال (سطح E2، نشانی https://a.ir/v2/10?x=5 و TLSv1.3)';
    expect(fa.prose({ fa: sentence, en: '' })).toBe(
      'مدت ۱۲ روز و هزینه ۲۵۰,۰۰۰ ریال (سطح E2، نشانی https://a.ir/v2/10?x=5 و TLSv1.3)',
    );
  });
});

describe('every voice', () => {
  it('rounds a range outwards', () => expect(en.bounds(41.38, 45.22)).toBe('41.3–45.3'));

  it('says "all" only of all, and "nothing" only of nothing', () => {
    expect([en.percent(0.9999), en.percent(1), en.percent(0.0001), en.percent(0)]).toEqual([
      '99%',
      '100%',
      '<1%',
      '0%',
    ]);
  });

  it('falls back to the other language and says so', () => {
    expect(en.text({ fa: 'گمرک', en: ' ' })).toBe('گمرک');
    expect(en.foreign({ fa: 'گمرک', en: '' })).toBe('fa');
  });

  it('prints a time that it cannot read as it is', () => expect(fa.moment('soon')).toBe('soon'));
});
