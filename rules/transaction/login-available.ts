import { spotOfNode } from '../../src/core/look.ts';
import {
  blocked,
  defineServiceRule,
  fail,
  linkProof,
  naming,
  notApplicable,
  pageOf,
  partial,
  pass,
  shorten,
  type Seen,
  type ServiceSubject,
  type Shown,
} from '../define.ts';
import { isIdentityProvider } from '../hosts/registry.ts';
import { says } from '../lexicon/says.ts';
import {
  accountlessSaid,
  identityField,
  isForStaff,
  providerOn,
  shownBy,
  signInsOf,
  snapshotOf,
  type SignIn,
} from '../sign-in.ts';
import { applicationFields } from '../signals/application-fields.ts';

export default defineServiceRule({
  id: 'transaction/login-available',
  version: 1,
  why: {
    fa: 'تراکنش دوسویه است و بی شناختن متقاضی، آن هم بر بستر امن، انجام نمی‌شود.',
    en: 'A transaction goes both ways, which it cannot without knowing the applicant, over a safe connection.',
  },
  source: 'catalogue 39',
  needs: ['system'],
  seeks: ['login', 'sso', 'account'],
  exempt: ['INFO', 'ANON'],
  outcomes: {
    notNeeded: notApplicable(
      'گفته شده که خدمت حساب و ورود نمی‌خواهد: «{name}».',
      'It is said that the service needs no account: "{name}".',
    ),
    national: pass('ورود به سامانه به {host} می‌رسد.', 'Logging in leads to {host}.'),
    full: pass(
      'ورود رمزنگاری‌شده با ثبت‌نام یا بازیابی رمز («{name}») هست.',
      'There is an encrypted log-in with sign-up or recovery ("{name}").',
    ),
    oneTime: pass('ورود با رمز یک‌بارمصرف هست («{name}»).', 'There is a log-in by one-time code ("{name}").'),
    unfollowed: pass('کلید ورود «{name}» هست و دنبال نشده است.', 'The log-in "{name}" is there and was not followed.'),
    bare: partial(
      'ورود رمزنگاری‌شده هست ولی ثبت‌نام و بازیابی رمز ندارد («{name}»).',
      'There is an encrypted log-in without sign-up or recovery ("{name}").',
    ),
    numberOnly: partial(
      'متقاضی تنها با شماره خود شناخته می‌شود («{name}»).',
      'The applicant is known by a number only ("{name}").',
    ),
    unlooked: blocked('صفحه ورود برای ما خوانده نشد ({why}).', 'The log-in could not be read by us ({why}).'),
    plain: fail('ورود بدون رمزنگاری (http) است: {url}.', 'The log-in is not encrypted (http): {url}.'),
    dead: fail('کلید ورود «{name}» به جایی نمی‌رسد.', 'The log-in "{name}" leads nowhere.'),
    staffOnly: fail('تنها ورود کارکنان هست («{name}»).', 'There is a log-in for staff only ("{name}").'),
    none: fail(
      'سامانه راهی برای ورود یا شناختن متقاضی ندارد.',
      'The system has no way to log in or to identify the applicant.',
    ),
  },
  check(view, conclude) {
    const signIns = signInsOf(view);
    for (const { proof, reading, addresses } of signIns) {
      const provider = providerOn(view.site, addresses);
      if (provider && provider.startsWith('https:'))
        return conclude.national({
          proofs: proof ? [proof] : [],
          facts: [{ url: addresses[0]!, snapshot: snapshotOf(reading)?.body?.hash ?? '', quote: provider }],
          values: { host: new URL(provider).hostname },
        });
    }
    for (const { reading } of signIns) {
      const seen = pageOf(reading);
      const field = seen ? identityField(seen) : null;
      if (!seen || !field) continue;
      const proof = { seen, spot: spotOfNode(field.node, field.label || field.placeholder || field.name) };
      const values = { name: shorten(proof.spot.quote) };
      const plain = unencrypted(seen, field.form);
      if (plain) return conclude.plain({ proofs: [proof], values: { url: plain } });
      if (field.type !== 'password') return conclude.oneTime({ proofs: [proof], values });
      const help = helpOn(view, seen);
      return help
        ? conclude.full({ proofs: [proof, help], values: { name: shorten(help.spot.quote) } })
        : conclude.bare({ proofs: [proof], values });
    }
    const numbered = numberField(view);
    const [first] = signIns;
    if (first) return unread(first);
    if (numbered) return conclude.numberOnly({ ...naming(numbered), level: 1 });
    const staff = staffDoor(view);
    if (staff) return conclude.staffOnly(naming(staff));
    const free = accountlessSaid(view);
    return free ? conclude.notNeeded(naming(free)) : conclude.none();

    function unread(signIn: SignIn): ReturnType<typeof conclude.none> {
      const shown = shownBy(signIn);
      const proofs = shown ? [shown] : [];
      const values = { name: shorten(shown?.spot.quote ?? '') };
      if (signIn.reading.state === 'gone' || shown?.spot.dead) return conclude.dead({ proofs, values });
      if (signIn.reading.state === 'blocked') return conclude.unlooked({ proofs, values: { why: signIn.reading.why } });
      return conclude.unfollowed({ proofs, values, level: 1 });
    }
  },
});

/** The unencrypted address to which a name and password would go. */
function unencrypted({ page }: Seen, form: number): string | null {
  const action = page.forms[form]?.action ?? page.url;
  return [page.url, action].find((url) => url.startsWith('http://')) ?? null;
}

/** Signing up, getting back in, or the state's own log-in beside the password. */
function helpOn(view: ServiceSubject, seen: Seen): Shown | null {
  const hit = (seen.page.hits.get('account') ?? []).find(
    ({ source, strength }) => source === 'link' && strength !== 'weak',
  );
  if (hit) return linkProof(seen, hit.index);
  const button = (seen.page.hits.get('account') ?? []).find(({ source }) => source === 'button');
  if (button)
    return { seen, spot: spotOfNode(seen.page.buttons[button.index]!.node, seen.page.buttons[button.index]!.name) };
  const provider = seen.page.links.findIndex(({ host }) => isIdentityProvider(view.site, host));
  return provider >= 0 ? linkProof(seen, provider) : null;
}

/** An application that asks for the national number and nothing that proves it. */
function numberField(view: ServiceSubject): Shown | null {
  const seen = pageOf(view.system);
  const field = seen ? applicationFields(seen.page).find(({ folded }) => says(folded, 'national-id')) : undefined;
  return seen && field ? { seen, spot: spotOfNode(field.node, field.label || field.placeholder) } : null;
}

function staffDoor(view: ServiceSubject): Shown | null {
  const seen = pageOf(view.system);
  const field = seen && isForStaff(seen) ? seen.page.fields.find(({ type }) => type === 'password') : undefined;
  if (seen && field) return { seen, spot: spotOfNode(field.node, seen.page.title || field.name) };
  const hit = seen ? (seen.page.hits.get('staff-login') ?? []).find(({ source }) => source === 'link') : undefined;
  return seen && hit ? linkProof(seen, hit.index) : null;
}
