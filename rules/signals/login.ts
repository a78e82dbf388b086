import { named, spotOfNode } from '../../src/core/look.ts';
import { isNoTopic } from '../links.ts';
import { defineSignal } from './define.ts';

export default defineSignal('login', 'ورود کاربران', 'Log-in', (page) => {
  const password = page.fields.find(({ type }) => type === 'password');
  if (password) return spotOfNode(password.node, password.label || password.placeholder || password.name);
  const control = named(page, 'login');
  if (control && !control.dead) return control;
  const personal = page.links.findIndex(
    ({ name, region, url }) =>
      url !== null &&
      region !== 'main' &&
      /^[Mm]y ?(?!Area|Neighbo|Ward|Local|Street|Bin|Home|Favou?rites|Family|Community|News)[A-Z][\w-]*(?: account| portal)?$/.test(
        name.trim(),
      ),
  );
  if (personal >= 0)
    return { ...spotOfNode(page.links[personal]!.node, page.links[personal]!.name), link: page.links[personal]! };
  const address = page.links.findIndex(
    ({ url }) =>
      url !== null && /\/(?:log-?in|sign-?in|account\/login|my-?account|users?\/login)(?:[/?.]|$)/i.test(url),
  );
  if (address >= 0 && !control) {
    const link = page.links[address]!;
    return { ...spotOfNode(link.node, link.name || link.href), link };
  }
  return (
    control ??
    named(page, 'sso', { accept: isNoTopic }) ??
    named(page, 'staff-login', { accept: (link) => /ورود|login|accedi/.test(link.folded) })
  );
});
