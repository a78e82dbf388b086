/** Which hosts have a role in the country: those that Rasad knows by itself, and those that the registry names. */
import { getDomain } from 'tldts';
import type { CountryHosts } from '../../src/core/model.ts';
import { PAYMENT_GATEWAYS } from './gateways.ts';
import {
  CEREMONIAL,
  IDENTITY_PROVIDERS,
  INFORMATION_LAW,
  isPublicHost,
  listed,
  NATIONAL_PORTALS,
  OPEN_DATA,
} from './national.ts';

interface Country {
  readonly hosts: CountryHosts;
}

/** Where a log-in through the state's identity ends. */
export const isIdentityProvider = ({ hosts }: Country, host: string): boolean =>
  among([...IDENTITY_PROVIDERS, ...hosts.identityProviders], host);

/** A national window or registry of services; its log-in is an identity provider and not this. */
export const isNationalPortal = (country: Country, host: string): boolean =>
  among([...NATIONAL_PORTALS, ...country.hosts.nationalPortals], host) && !isIdentityProvider(country, host);

export const isPaymentGateway = ({ hosts }: Country, host: string): boolean =>
  among([...PAYMENT_GATEWAYS, ...hosts.paymentGateways], host);

export const isInformationLaw = ({ hosts }: Country, host: string): boolean =>
  among([...INFORMATION_LAW, ...hosts.informationLaw], host);

export const isOpenData = ({ hosts }: Country, host: string): boolean => among([...OPEN_DATA, ...hosts.openData], host);

/** A public body that takes part in services; offices to which every portal links out of courtesy are left out. */
export const isAgency = ({ hosts }: Country, host: string): boolean =>
  host !== '' && !listed(CEREMONIAL, host) && (isPublicHost(host) || among(hosts.agencies, host));

/** An entry that is itself a public suffix (`gov.uk`) names one host and not everything below it. */
function among(list: readonly string[], host: string): boolean {
  if (host === '') return false;
  return list.some(
    (entry) => host === entry || host === `www.${entry}` || (host.endsWith(`.${entry}`) && getDomain(entry) !== null),
  );
}
