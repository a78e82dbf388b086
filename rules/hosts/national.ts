/** Hosts of whole states: portals, identity providers, seals, information laws, and how a public body's host looks. */
import { getDomain } from 'tldts';
import { remember } from '../../src/core/remember.ts';

/** National service portals and registries of services. */
export const NATIONAL_PORTALS: readonly string[] = [
  'my.gov.ir', 'iran.gov.ir', 'khadamat.mardom.ir', 'mojavez.ir', 'g4b.ir', 'services.gov.ir', 'pishkhan.gov.ir', 'estelam.gov.ir', 'dolat.gov.ir',
  'usa.gov', 'www.usa.gov', 'benefits.gov', 'www.gov.uk', 'gov.wales', 'nidirect.gov.uk', 'mygov.scot', 'service-public.fr', 'service-public.gouv.fr',
  'impresainungiorno.gov.it', 'servizi.gov.it', 'www.italia.it', 'anagrafenazionale.interno.it', 'canada.ca', 'service.gov.uk',
  'www.gov.ie', 'australia.gov.au', 'www.australia.gov.au', 'my.gov.au', 'www.govt.nz',
]; // prettier-ignore

/** Where a log-in through the state's identity ends. */
export const IDENTITY_PROVIDERS: readonly string[] = [
  'sso.my.gov.ir', 'sso.iran.gov.ir', 'login.my.gov.ir', 'sana.adliran.ir', 'login.gov', 'secure.login.gov', 'id.me', 'api.id.me', 'access.service.gov.uk', 'signin.account.gov.uk', 'oidc.account.gov.uk', 'tax.service.gov.uk',
  'idserver.servizicie.interno.gov.it', 'posteid.poste.it', 'franceconnect.gouv.fr', 'login.microsoftonline.spid.it',
]; // prettier-ignore

export const SEALS: readonly string[] = ['trustseal.enamad.ir', 'enamad.ir', 'logo.samandehi.ir', 'samandehi.ir'];

export const INFORMATION_LAW: readonly string[] = [
  'iranfoia.ir',
  'foia.iran.gov.ir',
  'foia.ir',
  'foia.gov',
  'whatdotheyknow.com',
];

/** Windows of the state for complaints about any of its bodies. */
export const COMPLAINT_WINDOWS: readonly string[] = [
  'saamad.ir',
  'samad.gov.ir',
  '111.ir',
  'bazresi.ir',
  '136.ir',
  'sabteshekayat.ir',
];

export const OPEN_DATA: readonly string[] = ['data.gov.ir', 'data.gov', 'data.gov.uk', 'dati.gov.it'];

/** Offices of state to which every portal links out of courtesy; a link there proves nothing about a service. */
export const CEREMONIAL: readonly string[] = [
  'leader.ir', 'khamenei.ir', 'president.ir', 'dolat.ir', 'majlis.ir', 'parliran.ir', 'imam-khomeini.ir', 'rrk.ir', 'divan-edalat.ir', 'irannationalparliament.ir', 'judiciary.ir', 'eadl.ir', 'dadiran.ir', 'maj.ir', 'quirinale.it', 'governo.it', 'whitehouse.gov',
]; // prettier-ignore

/** Other public bodies that are recognized by their host alone. */
export const AGENCIES: readonly string[] = [
  ...CEREMONIAL, 'msrt.ir', 'swf.ir', 'behdasht.gov.ir', 'tax.gov.ir', 'ssaa.ir', 'sabteahval.ir', 'post.ir', 'police.ir', 'irica.ir', 'moe.gov.ir', 'medu.ir', 'isna.gov.ir', 'tamin.ir', 'bimesalamat.ir', 'tavanir.org.ir', 'moi.ir', 'imo.org.ir', 'cbi.ir', 'sanjesh.org', 'mcls.gov.ir', 'saorg.ir', 'irisl.net', 'setadiran.ir', 'nahad.ir', 'nahad.gov.ir', 'basij.ir', 'saamad.ir', 'bazresi.ir', 'aro.gov.ir', 'shafaf.ir', 'adliran.ir',
  'inps.it', 'inail.it', 'agenziaentrate.gov.it', 'anticorruzione.it', 'arera.it', 'agcom.it', 'garanteprivacy.it', 'consip.it', 'istat.it', 'bancaditalia.it', 'aci.it', 'nhs.uk', 'police.uk', 'parliament.uk', 'usps.com', 'europa.eu', 'un.org', 'state.tx.us',
]; // prettier-ignore

/** Public suffixes that only public bodies get. */
const PUBLIC_SUFFIX =
  /(?:^|\.)(?:gov|mil|gouv|gob|gub|go)\.[a-z]{2}$|\.gov$|\.mil$|\.gov\.[a-z]{2}$|\.state\.[a-z]{2}\.us$|\.[a-z]{2}\.us$|^(?:regione|provincia|comune|prefettura)\.[\w.-]+\.it$|\.europa\.eu$|\.police\.uk$|\.nhs\.uk$/;

export const isPublicHost = (host: string): boolean =>
  PUBLIC_SUFFIX.test(host) || listed(AGENCIES, host) || listed(NATIONAL_PORTALS, host);

/** Is the host, or a domain above it, in the list? An entry that is itself a public suffix (`gov.uk`) names one host alone. */
export function listed(list: readonly string[], host: string): boolean {
  if (list.length === 0) return false;
  let isListed = LISTS.get(list);
  if (!isListed) LISTS.set(list, (isListed = lookUpIn(list)));
  return isListed(host);
}

/** Every link of a site is asked about, and they lead to few hosts. */
function lookUpIn(list: readonly string[]): (host: string) => boolean {
  /** Whether hosts below an entry belong to it. */
  const entries = new Map(list.map((entry) => [entry, getDomain(entry) !== null]));
  return remember(2000, 100, (host) => {
    for (let at = 0; ;) {
      const hasBelow = entries.get(at === 0 ? host : host.slice(at));
      if (hasBelow === true || (hasBelow === false && (at === 0 || host.slice(0, at) === 'www.'))) return true;
      const dot = host.indexOf('.', at);
      if (dot < 0) return false;
      at = dot + 1;
    }
  });
}

const LISTS = new WeakMap<readonly string[], (host: string) => boolean>();
