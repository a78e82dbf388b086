/** Pages that no author meant: whatever reads them must answer, and answer the same twice. */

const deep = (depth: number, tag: string): string => `${`<${tag}>`.repeat(depth)}میز خدمت${`</${tag}>`.repeat(depth)}`;
const CONTROLS = String.fromCharCode(0, 1, 8, 11, 0x1b, 0x7f, 0x85, 0x200e, 0x202e, 0xfeff, 0xfffe);

/** What patterns of numbers, dates, addresses and names may begin to read at every place of a long line. */
const LINES = ['1', '1 ', '1,', '1.', '1-', '1/', '0', 'a', 'a.', 'a@', 'a-', '+98', '(', '# ', 'one ', 'سه ', 'از ', 'به سازمان ', 'نیاز به ', 'ثبت نام ', 'گام 1 ', 'اگر ', 'تا ', '. ', '« ', 'http://', 'www.', 'ساعت ', '۱۴۰۵/', '? ']; // prettier-ignore
/** Characters. */
const LINE = 10_000;

export const HOSTILE_PAGES: Readonly<Record<string, string>> = {
  'nothing': '',
  'only blanks': ' \n\t\u00a0\u200c ',
  'text without markup': 'هزینه: ---- مدت: 0 https://[::1 ورود',
  'tags that never end': '<html><body><table><tr><td><a href="/x"><form><select><option><label>نام',
  'ends without beginnings': '</p></div></table></a></body></html></main>',
  'thousands of nested parts': `<main><h1>خدمت</h1>${deep(3000, 'div')}</main>`,
  'nested tables, lists and forms': `${deep(150, 'table')}${deep(300, 'ul')}${deep(100, 'form')}${deep(100, 'a')}`,
  'addresses that are none': ['http://', 'https://[', 'javascript:', 'javascript:void(0)', 'data:text/html,x', 'mailto:', 'tel:', '//', '///', 'http://%zz/', 'http://a b/', '%', '#', '?', '\\\\x', 'http://example.ir:99999/', `http://${'a'.repeat(3000)}.ir/`, 'blob:x', 'ftp://x/y', 'http://user:pass@x.example/%E0%A4%A'].map((href) => `<a href="${href}">ورود به سامانه خدمات</a><form action="${href}"><input></form><iframe src="${href}"></iframe><img src="${href}" alt="">`).join(''),
  'a base that is none': '<head><base href="http://["><base href="/x"></head><body><a href="y">تماس با ما</a></body>',
  'attributes without values': '<a href>x</a><input type><label for></label><form action method><button type><img src alt><td colspan rowspan><html lang dir><meta http-equiv content><select name><option value>',
  'ids that select nothing': '<div id="a b"><p id="1">x</p><p id="&quot;]">y</p><p id="">z</p><p id="1">x</p><a id="::" class="[ ] > *" href="/s">خدمات</a></div>',
  'control characters and directions': `<main><h1>${CONTROLS}میز${CONTROLS}خدمت</h1><p>تلفن:${CONTROLS}021-88776655</p></main>`,
  'halves of letters': '<p>\ud83d هزینه \udc00: \ud800 ریال</p><a href="/\ud83d">\udfff</a>',
  'a line of two hundred thousand letters': `<main><h1>خدمت</h1><p>${'هزینه '.repeat(30_000)}</p></main>`,
  'lines that repeat one sign': `<main><h1>صدور پروانه معدن</h1>${LINES.map((sign) => `<p>${sign.repeat(LINE / sign.length)}</p><p>هزینه: ${sign.repeat(LINE / sign.length)}</p>`).join('')}</main>`,
  'a thousand fields without names': `<form>${'<input><textarea></textarea><select></select>'.repeat(350)}<button></button></form>`,
  'a thousand labels without values': `<table>${'<tr><th>هزینه خدمت</th><td></td></tr><tr><th></th><td>مدت زمان</td></tr>'.repeat(500)}</table>`,
  'lists without text': `${'<ul><li><a href="/x"><img></a></li></ul>'.repeat(300)}`,
  'dates and numbers out of range': '<p>۹۹۹۹/۹۹/۹۹ 0000-00-00 31/02/1405 ۱۴۰۵/۱۳/۴۵ 20261399 32 آذر 1405 February 31, 2026 99999999999999999999999 1e309 -0</p><time datetime="never">x</time><time datetime="-271821-04-19">y</time>',
  'scripts of no use': '<script>"</body>"</script><script type="application/ld+json">{"@type":</script><script src></script><noscript><noscript></noscript><template><template>',
  'foreign markup': '<svg><a xlink:href="/x"><title>ورود</title><foreignObject><form><input></form></foreignObject></a></svg><math><mtext><table><tr><td>x</table></math>',
  'frames in the place of a body': '<html><head><title>x</title></head><frameset cols="*,*"><frame src="/a"><frame src></frameset></html>',
  'a refresh to nowhere': '<meta http-equiv="refresh" content="0; url="><meta http-equiv="refresh" content="0;url=http://["><meta name="viewport" content=",,=,">',
  'words that objects have': '<main><h1>constructor __proto__</h1><p id="__proto__">toString: hasOwnProperty</p><a href="/constructor" class="__proto__ constructor">valueOf</a><input name="__proto__"><label>constructor<input></label></main>',
  'dollar signs and braces': '<h1>$& $1 {name} {text} ${x} {{y}}</h1><a href="/x">{name}</a><p>هزینه: {value} $` $\'</p>',
}; // prettier-ignore
