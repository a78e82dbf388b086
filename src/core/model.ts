/** The words of Rasad as types (docs/method.md explains them to people). Everything here is plain data. */

export const STAGES = ['presence', 'interaction', 'transaction', 'integration', 'participation'] as const;
export type Stage = (typeof STAGES)[number];

export const GOALS = ['inclusiveness', 'effectiveness', 'accountability', 'transparency', 'trustworthiness'] as const;
export type Goal = (typeof GOALS)[number];

export type Scope = 'portal' | 'service';

/** A text in the two languages in which Rasad speaks. */
export interface Text {
  readonly fa: string;
  readonly en: string;
}

// ---------------------------------------------------------------- registry

export const COOPERATION = ['cooperative', 'visible-only', 'excluded-no-list', 'withdrawn', 'unreachable'] as const;
/** How an organization takes part (catalogue, section 5.5). Only the first two are ranked. */
export type Cooperation = (typeof COOPERATION)[number];

export const PROFILES = ['INFO', 'PUSH', 'G2G', 'G2B', 'PHYSICAL', 'ANON', 'NOFEE'] as const;
/** What makes indicators not applicable to a service; approved by a person, never guessed (catalogue, section 5.2). */
export type Profile = (typeof PROFILES)[number];

export interface Organization {
  readonly id: string;
  readonly names: Text;
  readonly parentId: string | null;
  /** Absolute http(s) address of the home page; null when nobody supported one yet. */
  readonly portalUrl: string | null;
  readonly cooperation: Cooperation;
  /** Columns of the file that Rasad does not know; kept as they are. */
  readonly extra: Readonly<Record<string, string>>;
}

export interface Service {
  readonly id: string;
  readonly organizationId: string;
  /** The service that this one is a part of; leaves are scored, parents are headings. */
  readonly parentId: string | null;
  /** Approved code of the service identity card, digits only. */
  readonly code: string | null;
  readonly titles: Text;
  readonly pageUrl: string | null;
  readonly systemUrl: string | null;
  readonly profile: readonly Profile[];
  readonly extra: Readonly<Record<string, string>>;
}

/** Hosts with a role in the country, beside those that Rasad knows already. */
export interface CountryHosts {
  readonly nationalPortals: readonly string[];
  readonly identityProviders: readonly string[];
  readonly paymentGateways: readonly string[];
  readonly informationLaw: readonly string[];
  readonly openData: readonly string[];
  readonly agencies: readonly string[];
  readonly messengers: readonly string[];
  readonly socialNetworks: readonly string[];
}

export const NO_HOSTS: CountryHosts = {
  nationalPortals: [], identityProviders: [], paymentGateways: [], informationLaw: [], openData: [], agencies: [], messengers: [], socialNetworks: [],
}; // prettier-ignore

export interface Registry {
  readonly id: string;
  readonly country: Text;
  readonly hosts: CountryHosts;
  /** Folder of sites that ship with the registry and are served on loopback while they are audited; null for real ones. */
  readonly serve: string | null;
  /** Languages of the country's sites, most used first: `fa`, `en`, `it` … */
  readonly languages: readonly string[];
  readonly calendar: 'jalali' | 'gregorian';
  /** Days (YYYY-MM-DD, Gregorian) beside the free days of the week that deadlines pass over; registries may know none. */
  readonly holidays?: readonly string[];
  /** Host names that may resolve to private or loopback addresses. */
  readonly privateHosts: readonly string[];
  /** Host name → `address:port` that is asked instead; how saved sites are audited. */
  readonly mapHosts: Readonly<Record<string, string>>;
  readonly organizations: readonly Organization[];
  readonly services: readonly Service[];
  /** SHA-256 over the canonical form of all the above. */
  readonly digest: string;
}

// ---------------------------------------------------------------- looking

/** Who or what refused. Only `guard` and `budget` are our own doing. */
export type Refusal =
  | 'robots' // robots.txt forbids the path, or could not be read for a reason that RFC 9309 treats as "forbidden"
  | 'wall' // 403, a firewall page or a challenge
  | 'login' // 401, or the page is only a log-in form
  | 'rate-limit' // 429 or 503 with Retry-After, still there after backing off
  | 'guard' // an address or action that Rasad never asks for
  | 'budget'; // the organization's budget of pages, bytes or time is used up

/** Why there was no answer that could be read. */
export type Cause =
  | 'dns' | 'connect' | 'tls' | 'timeout' | 'reset' | 'malformed' | 'too-large' | 'decompression'
  | 'redirect-loop' | 'too-many-redirects' | 'not-found' | 'client-error' | 'server-error' | 'empty' | 'stopped'; // prettier-ignore

/** How one look ended. Nothing that a site does is an exception. */
export type FetchOutcome =
  | { readonly kind: 'page' }
  | { readonly kind: 'not-html'; readonly contentType: string }
  | { readonly kind: 'refused'; readonly by: Refusal; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly cause: Cause; readonly detail: string };

/** A file of the evidence store: named by the SHA-256 of its decoded bytes, kept compressed. */
export interface BlobRef {
  readonly hash: string;
  /** Decoded size in bytes. */
  readonly size: number;
  readonly encoding: 'identity' | 'gzip' | 'br' | 'deflate' | 'zstd';
}

export interface Hop {
  readonly url: string;
  readonly status: number;
}

/** Result of the strict handshake with a host; taken once a host and audit. */
export interface TlsFacts {
  readonly valid: boolean;
  /** Short code of the fault (`expired`, `self-signed`, `wrong-host`, `unknown-authority`, `incomplete-chain`, `old-protocol`, `handshake`), null when valid. */
  readonly fault: string | null;
  readonly detail: string | null;
  readonly protocol: string | null;
  readonly issuer: string | null;
  readonly validTo: string | null;
}

export const ROLES = [
  'robots',
  'missing-probe',
  'portal',
  'service',
  'system',
  'login',
  'page',
  'target',
  'plain-http',
  'search',
  'probe',
] as const;
/**
 * Why a page was looked at. `missing-probe`: a made-up path, to learn how the host says "not found"; `login`: what one
 * click on a log-in control reaches; `target`: a link looked at only to know whether it is alive; `plain-http`: the
 * portal asked without TLS, to see whether it redirects; `search`: what the portal's own search says to the title of a
 * service; `probe`: an entry address asked once more at another time, to see whether it answers.
 */
export type Role = (typeof ROLES)[number];

/** One look at one address, as it is stored. All judging starts here. */
export interface Snapshot {
  readonly auditId: string;
  readonly organizationId: string;
  /** 0 for the audit's own crawl; 1, 2 … for those who came back later to see whether its addresses still answer. */
  readonly visit: number;
  /** Position in the organization's crawl of this visit, from 0. */
  readonly ordinal: number;
  /** Address that was asked for, normalized. Unique in an organization, audit and visit, together with `role`. */
  readonly url: string;
  readonly role: Role;
  /** The services for which this address was asked, in registry order; empty for the portal's own pages. */
  readonly serviceIds: readonly string[];
  readonly outcome: FetchOutcome;
  /** Every address that answered, in order, the last one being where the chain ended. */
  readonly chain: readonly Hop[];
  readonly status: number | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly tls: TlsFacts | null;
  readonly charset: string | null;
  readonly body: BlobRef | null;
  /** DOM after scripts ran, serialized; null when the browser did not look. */
  readonly rendered: BlobRef | null;
  readonly screenshot: BlobRef | null;
  /**
   * Where the elements of `rendered` stand on the screenshot (a `PageLayout` as JSON), for those who look at it: judging
   * does not read it. null without a screenshot; looks of before places were noted do not mention it.
   */
  readonly layout?: BlobRef | null;
  /** What the browser measured on the page (an `Inspection` as JSON); null for pages outside the sample. */
  readonly inspection: BlobRef | null;
  /** Did the page need scripts to show its content? null when it was not tried. */
  readonly needsScript: boolean | null;
  /** UTC, ISO 8601. */
  readonly fetchedAt: string;
  /** Milliseconds until the first byte of the final answer. */
  readonly firstByteMs: number | null;
}

/** An element of a measured page: its position among its element siblings (from 1) at each level below the root. */
export interface Spotted {
  readonly path: readonly number[];
  readonly tag: string;
  /** Its markup, shortened. */
  readonly markup: string;
}

/** What one check for accessibility said of a page. */
export interface AccessibilityFault {
  /** Id of the check. */
  readonly check: string;
  /** Elements at fault, and the first of them. */
  readonly count: number;
  readonly elements: readonly Spotted[];
}

/** A page as a telephone shows it. Sizes are those that the eye sees, in CSS pixels of the telephone. */
export interface PhoneFacts {
  /** Width of the screen, of the page's layout (more when the page does not adapt), and of its content. */
  readonly width: number;
  readonly layoutWidth: number;
  readonly contentWidth: number;
  /** Letters of visible text, and those that are smaller than can be read. */
  readonly letters: number;
  readonly smallLetters: number;
  /** Links and controls to be tapped, and those that are too small for a finger. */
  readonly targets: number;
  readonly smallTargets: number;
  /** One of each kind of fault, where there is one. */
  readonly widest: Spotted | null;
  readonly smallText: Spotted | null;
  readonly smallTarget: Spotted | null;
}

/** Measured in the browser on pages of a sample; a part is null when the measurement did not come to an end. */
export interface Inspection {
  readonly accessibility: {
    /** Name and version of what checked. */
    readonly by: string;
    /** The direction in which most of the text runs, style sheets included. */
    readonly direction: 'ltr' | 'rtl';
    readonly violations: readonly AccessibilityFault[];
    /** What the checks leave to people. */
    readonly incomplete: readonly AccessibilityFault[];
  } | null;
  readonly phone: PhoneFacts | null;
}

/** An address that was seen and not asked for. */
export interface SkippedUrl {
  readonly url: string;
  readonly foundOn: string;
  readonly reason: SkipReason;
}
export type SkipReason =
  | 'guarded' // looks like an action: vote, delete, log out …
  | 'robots' | 'off-site' | 'not-http' | 'private-address' | 'file' | 'duplicate' | 'depth' | 'budget' | 'no-rule-asks' | 'trap'; // prettier-ignore

// ---------------------------------------------------------------- judging

export const VERDICTS = [
  'pass',
  'partial',
  'fail',
  'not-applicable',
  'unclear',
  'not-visible',
  'blocked',
  'error',
] as const;
export type Verdict = (typeof VERDICTS)[number];
/** Verdicts that enter a score. */
export type SettledVerdict = 'pass' | 'partial' | 'fail';
/** Verdicts that leave a score open: they widen its interval and are never a zero. */
export const UNRESOLVED: readonly Verdict[] = ['unclear', 'not-visible', 'blocked', 'error'];

/** E0 claimed in text · E1 visible · E2 reached · E3 works · E4 attested by a person. */
export type EvidenceLevel = 0 | 1 | 2 | 3 | 4;

export interface Evidence {
  /** Address of the page on which it stands. */
  readonly url: string;
  /** Hash of the bytes that were read: the rendered DOM where there is one, else the static body. */
  readonly snapshot: string;
  /** Selects exactly one element of that page; null for facts of the connection. */
  readonly selector: string | null;
  /** The original words, at most QUOTE_LENGTH characters. */
  readonly quote: string;
  readonly language: string | null;
}

/** A place that was searched for something that is said to be absent. */
export interface SearchedPlace {
  readonly place: string;
  readonly url: string | null;
  /** Could it be read? A `fail` needs `true` for all of its places. */
  readonly read: boolean;
  readonly detail: string;
}

export interface Finding {
  readonly organization: string;
  /** null for the portal. */
  readonly service: string | null;
  readonly rule: string;
  readonly version: number;
  readonly verdict: Verdict;
  /** Which of the rule's endings this is. */
  readonly outcome: string;
  readonly message: Text;
  readonly level: EvidenceLevel;
  /** Probability that a trained evaluator says the same. */
  readonly confidence: number;
  /** `prior`: the catalogue's estimate; `measured`: from labelled cases. */
  readonly confidenceBasis: 'prior' | 'measured';
  /** Labelled cases behind a measured confidence, 0 for an expected one. */
  readonly confidenceCases: number;
  readonly evidence: readonly Evidence[];
  readonly searched: readonly SearchedPlace[];
  /** Who settled it, when it is a person's verdict and not the machine's. */
  readonly decided?: Decision | null;
}

/** `review`: read from what anybody can see; `attestation`: from a pack of evidence that the organization filed (catalogue, section 5.6). */
export type Basis = 'review' | 'attestation';

/** What a person put in the place of the machine's verdict. */
export interface Decision {
  readonly by: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly basis: Basis;
  readonly note: string;
  /** What the machine had said. */
  readonly machine: Verdict;
}

/** Characters kept of a quotation. */
export const QUOTE_LENGTH = 300;

// ---------------------------------------------------------------- audit

export interface Audit {
  readonly id: string;
  readonly trigger: 'command' | 'round' | 'demand';
  readonly edition: string;
  readonly registryDigest: string;
  readonly rulesDigest: string;
  readonly configDigest: string;
  readonly organizationIds: readonly string[];
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** One stop on an organization's way through a round: a crawl, or a look whether its entry addresses answer. */
export interface Step {
  /** Position among all steps of the organization, from 0. */
  readonly number: number;
  /** The visit under which its looks are stored. */
  readonly visit: number;
  readonly kind: 'crawl' | 'probe';
  /** Not before this time: UTC, ISO 8601. */
  readonly at: string;
}
