/** What a user reads, and how the program ends, when a command line is not what it should be. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { printed } from './in-process.ts';

const data = mkdtempSync(join(tmpdir(), 'rasad-mistakes-'));
afterAll(() => rmSync(data, { recursive: true }));

it.each([
  ['compare', 'rasad: Words after the command: found 0, expected at least 2.\nExpected: rasad compare <before> <after>\nSee rasad compare --help.\n'],
  ['round', 'rasad: Words after the command: found 0, expected at least 1.\nExpected: rasad round <action>\nSee rasad round --help.\n'],
  ['round decide maliat', 'rasad: Words after the command: found 1, expected at least 3.\nExpected: rasad round decide <org> <rule> <verdict>\nSee rasad round decide --help.\n'],
  ['auditt', 'rasad: There is no command or option "auditt" here.\nExpected: rasad <command>\nSee rasad --help.\n'],
  ['audit --registri demo', 'rasad: There is no command or option "registri" here.\nExpected: rasad audit [org..]\nSee rasad audit --help.\n'],
])('says of "rasad %s" how the command is written and where it is explained', async (line, message) =>
  expect(await printed(...line.split(' '))).toEqual({ code: 2, out: '', err: message })); // prettier-ignore

it.each([
  ['', 'فرمانی نام ببرید؛ \u2068rasad audit --registry demo\u2069 همه چیز را در کشور نمونه نشان می‌دهد.', 'rasad <command>', 'rasad'],
  ['round', 'پس از فرمان ۰ واژه آمده است و دست‌کم ۱ واژه لازم است.', 'rasad round <action>', 'rasad round'],
  ['round finish', 'بگویید با دور چه شود؛ \u2068rasad round --help\u2069 را ببینید.', 'rasad round <action>', 'rasad round'],
  ['round open', 'این گزینه لازم است و نیامده: \u2068registry\u2069', 'rasad round open [name]', 'rasad round open'],
  ['audit --registri 1', 'فرمان یا گزینه‌ای به نام «\u2068registri\u2069» اینجا نیست.', 'rasad audit [org..]', 'rasad audit'],
  ['audit --render 2', 'مقدار نادرست:\n  \u2068render\u2069: آنچه آمده \u20682\u2069 است و باید یکی از این‌ها باشد: \u2068"auto", "never"\u2069', 'rasad audit [org..]', 'rasad audit'],
])('says of "rasad %s" so in Persian, to who asks for Persian', async (line, message, form, help) =>
  expect(await printed(...line.split(' ').filter(Boolean), '--lang', 'fa')).toEqual({
    code: 2, out: '', err: `rasad: ${message}\nشیوه نوشتن: \u2068${form}\u2069\nراهنما: \u2068${help} --help\u2069\n`,
  })); // prettier-ignore

it('speaks English again to who asks for it after that', async () =>
  expect((await printed('round', 'decide', 'maliat', 'r', 'maybe')).err).toMatch(
    /^rasad: Invalid values:\n {2}Argument: verdict, Given: "maybe", Choices: "pass", .*\nExpected: /,
  ));

it('does not compare a round with itself', async () =>
  expect(await printed('compare', 'r', 'r', '--data', data)).toEqual({
    code: 2,
    out: '',
    err: 'rasad: Two rounds are compared, an earlier and a later one; found "r" twice.\n',
  }));

it('leaves no site of the demo country open behind a mapping of hosts that cannot be read', async () => {
  const servers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
  const before = servers();
  const { code, err } = await printed('audit', '--map-host', 'foo', '--data', data);
  expect({ code, err, left: servers() - before }).toEqual({
    code: 2,
    err: expect.stringContaining('--map-host: A host mapping must be host=address:port') as unknown,
    left: 0,
  });
});

it.each([
  ['compare r r', 'rasad: دو دور با هم سنجیده می‌شود، یکی پیشین و یکی پسین؛ «\u2068r\u2069» دو بار آمده است.\n'],
  ['audit --concurrency 70', 'rasad: \u2068--concurrency\u2069 باید عددی صحیح از ۱ تا ۶۴ باشد؛ آنچه آمده ۷۰ است.\n'],
  ['audit --delay much', 'rasad: \u2068--delay\u2069 باید از ۰ تا ۶۰۰ ثانیه باشد؛ آنچه آمده عدد نیست.\n'],
  ['audit --edition r9', 'rasad: ویرایش «\u2068r9\u2069» شناخته نیست. شناخته‌شده‌ها: \u2068r5, r4\u2069.\n'],
  ['round status', 'rasad: هنوز دوری آغاز نشده است. آن را چنین آغاز کنید: \u2068rasad round open --registry my-country\u2069\n'],
  ['desk --listen 0.0.0.0', 'rasad: \u2068--listen\u2069 باید به شکل \u2068ADDRESS:PORT\u2069 باشد، مانند \u2068127.0.0.1:8788\u2069؛ آنچه آمده: «\u20680.0.0.0\u2069».\n'],
])('says of "rasad %s" in Persian, to who asks for Persian, what is wrong', async (line, message) =>
  expect(await printed(...line.split(' '), '--lang', 'fa', '--data', data)).toEqual({ code: 2, out: '', err: message })); // prettier-ignore
