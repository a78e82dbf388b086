/** What a way to a log-in at another host asks for, and on whose behalf (OAuth 2.0: RFC 6749, section 4.1.1). */
import { pageOf, type ServiceSubject, type Shown } from './define.ts';
import { siteOf } from './hosts/own.ts';
import { isIdentityProvider } from './hosts/registry.ts';
import {
  hostOf,
  identityField,
  isForStaff,
  isUnread,
  providerOn,
  signInsOf,
  snapshotOf,
  type SignIn,
} from './sign-in.ts';

/** Hosts and parameters by which a log-in that serves several systems is known. */
const SHARED_LOGIN =
  /^(?:sso|login|auth|hesab|hesabe?-?man|vorood|vorud|myaccount|my-account|account|accounts|cas|idp|iam|passport|identity)\./;
const REQUEST = /[?&](?:client_id|SAMLRequest|request_uri|service|wa|return_?url|redirect_?ur[il])=/i;

export interface AuthorizationRequest {
  readonly host: string;
  /** Where it comes back to; '' when it is no authorization request. */
  readonly back: string;
  /** It comes back to the system or its organization. */
  readonly own: boolean;
  readonly proofs: readonly Shown[];
  readonly fact: { readonly url: string; readonly snapshot: string; readonly quote: string };
}

/** What a way to an identity provider asks for, and on whose behalf. */
export function requestOf(view: ServiceSubject, { proof, reading, addresses }: SignIn): AuthorizationRequest | null {
  const at = providerOn(view.site, addresses);
  if (!at) return null;
  const parameters = new URL(at).searchParams;
  const isRequest = REQUEST.test(at);
  const back = ['redirect_uri', 'redirectUri', 'returnUrl', 'ReturnUrl', 'service', 'wreply']
    .map((name) => parameters.get(name))
    .find((value) => value?.startsWith('http'));
  // without a return address the redirect itself says whose request it is
  const sender = [...addresses].reverse().find((url) => !isIdentityProvider(view.site, hostOf(url)));
  const host = hostOf(at);
  const returnHost =
    back && URL.canParse(back)
      ? hostOf(back)
      : isRequest && sender && proof?.spot.link?.url !== at
        ? hostOf(sender)
        : '';
  return {
    host,
    back: returnHost,
    own: isRequest && returnHost !== '' && ownDomains(view).includes(siteOf(returnHost)),
    proofs: proof ? [proof] : [],
    fact: { url: addresses[0]!, snapshot: snapshotOf(reading)?.body?.hash ?? '', quote: at },
  };
}

const ownDomains = (view: ServiceSubject): string[] =>
  [view.systemUrl, view.site.organization.portalUrl, pageOf(view.page)?.page.url]
    .filter((url): url is string => Boolean(url))
    .map((url) => siteOf(hostOf(url)));

export interface SharedLogin extends Pick<AuthorizationRequest, 'host' | 'fact'> {
  /** It belongs to the organization. */
  readonly own: boolean;
}

/** Does the host hold the log-ins of services whose systems are at other hosts? */
function opensSeveral({ site }: ServiceSubject, host: string): boolean {
  const systems = site.services.filter(
    (view) =>
      view.systemUrl !== null &&
      hostOf(view.systemUrl) !== host &&
      signInsOf(view).some(
        ({ reading, addresses }) =>
          reading.state !== 'gone' && addresses.length > 0 && hostOf(addresses.at(-1)!) === host,
      ),
  );
  return systems.length > 1;
}

/** A log-in at another host than the system's: the organization's own, or one of nobody we know. */
export function sharedLoginOf(view: ServiceSubject, { reading, addresses }: SignIn): SharedLogin | null {
  const last = addresses.at(-1);
  if (!last || !view.systemUrl || reading.state === 'gone' || hostOf(last) === hostOf(view.systemUrl)) return null;
  if (reading.state === 'read' && (!identityField(reading.seen) || isForStaff(reading.seen))) return null;
  const host = hostOf(last);
  const own = ownDomains(view).includes(siteOf(host));
  const isKnown = SHARED_LOGIN.test(host) || REQUEST.test(last) || (own && opensSeveral(view, host));
  if (!isKnown || (!own && !REQUEST.test(last))) return null;
  return { host, own, fact: { url: addresses[0]!, snapshot: snapshotOf(reading)?.body?.hash ?? '', quote: last } };
}

/**
 * May the log-in be one for several systems? It is at a host of the organization's other than the system's, and a system
 * that could tell was not read.
 */
export function mayBeShared(view: ServiceSubject, { addresses }: SignIn): boolean {
  const last = addresses.at(-1);
  if (!last || !view.systemUrl || hostOf(last) === hostOf(view.systemUrl)) return false;
  return (
    ownDomains(view).includes(siteOf(hostOf(last))) &&
    view.site.services.some((other) => other !== view && isUnread(other))
  );
}
