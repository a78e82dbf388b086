/** Which hosts have a role in the country: those that Rasad knows by itself, and those that the registry names. */
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
  listed(IDENTITY_PROVIDERS, host) || listed(hosts.identityProviders, host);

/** A national window or registry of services; its log-in is an identity provider and not this. */
export const isNationalPortal = (country: Country, host: string): boolean =>
  (listed(NATIONAL_PORTALS, host) || listed(country.hosts.nationalPortals, host)) && !isIdentityProvider(country, host);

export const isPaymentGateway = ({ hosts }: Country, host: string): boolean =>
  listed(PAYMENT_GATEWAYS, host) || listed(hosts.paymentGateways, host);

export const isInformationLaw = ({ hosts }: Country, host: string): boolean =>
  listed(INFORMATION_LAW, host) || listed(hosts.informationLaw, host);

export const isOpenData = ({ hosts }: Country, host: string): boolean =>
  listed(OPEN_DATA, host) || listed(hosts.openData, host);

/** A public body that takes part in services; offices to which every portal links out of courtesy are left out. */
export const isAgency = ({ hosts }: Country, host: string): boolean =>
  host !== '' && !listed(CEREMONIAL, host) && (isPublicHost(host) || listed(hosts.agencies, host));
