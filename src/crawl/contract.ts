/** What the parts of the crawler give to each other. */
import type { Cause, FetchOutcome, Hop, Inspection, Refusal, Role, TlsFacts } from '../core/model.ts';
import type { PageLayout } from '../core/page-layout.ts';

export interface Target {
  /** Absolute http(s) address, normalized. */
  readonly url: string;
  readonly role: Role;
  /** Services for which it is looked at; empty for the portal's own pages. */
  readonly serviceIds: readonly string[];
  /** What is hoped for (a concept of the lexicon), for the log and the limits of each topic. */
  readonly topic: string;
  /** Page on which the address was found; the registry's words for declared ones. */
  readonly foundOn: string;
  /** Clicks from the portal's home page, or 0 for declared addresses. */
  readonly depth: number;
  /** 0…1; higher is asked first among targets of one kind. A found target of weight 0 is listed as skipped, not looked at. */
  readonly weight: number;
}

/** Bytes of one answer, before any reading. */
export interface StaticAnswer {
  readonly outcome: FetchOutcome;
  /** Every address that answered; an address at which the chain was stopped unasked comes last, with status 0. */
  readonly chain: readonly Hop[];
  readonly status: number | null;
  readonly headers: readonly (readonly [string, string])[];
  readonly tls: TlsFacts | null;
  /** As they came, still compressed; null when there is no body to keep. */
  readonly wire: { readonly bytes: Uint8Array; readonly encoding: 'identity' | 'gzip' | 'br' | 'deflate' } | null;
  /** Decompressed; the first bytes only of what is not HTML. */
  readonly body: Uint8Array | null;
  /** The text of an HTML answer and the charset it was read with. */
  readonly text: string | null;
  readonly charset: string | null;
  readonly firstByteMs: number | null;
  /** Seconds that the server asked us to wait (Retry-After), when it did. */
  readonly retryAfter: number | null;
  /** When it was given, where that is not now: an answer out of an archive (UTC, ISO 8601). */
  readonly capturedAt?: string | null;
}

export interface RenderedAnswer {
  readonly outcome: FetchOutcome;
  /** Serialized DOM after it settled. */
  readonly html: string | null;
  readonly finalUrl: string;
  /** PNG or JPEG. */
  readonly screenshot: Uint8Array | null;
  /** Where the elements of `html` stand on the screenshot; null when they could not be placed. */
  readonly layout: PageLayout | null;
  /** null when it was not asked for, or the page did not hold still for it. */
  readonly inspection: Inspection | null;
  /** Requests of the page that were stopped: address and reason. */
  readonly stopped: readonly { readonly url: string; readonly reason: string }[];
  /** Bytes that came through the network for this page, everything it loaded included. */
  readonly wireBytes: number;
}

export interface StaticFetcher {
  /** One look at one address with all guards and caps. Never rejects for anything a site does; rejects when `signal` aborts. */
  fetch(url: string, options?: FetchOptions): Promise<StaticAnswer>;
  close(): Promise<void>;
}

export interface FetchOptions {
  readonly signal?: AbortSignal;
  /** Asked before each request of a chain, the first one included; a refusal ends the chain there. */
  readonly allow?: (url: string) => FetchOutcome | null;
  /**
   * Hosts (with their port where it is not the usual one) at which a redirect chain is recorded and not followed:
   * identity providers, payment gateways.
   */
  readonly stopHosts?: (host: string) => boolean;
  /** Bytes of decoded body; the default is the configured cap. */
  readonly maxBytes?: number;
  readonly maxRedirects?: number;
  /** Any content is wanted as text and cut, not refused, at `maxBytes`: robots.txt, sitemaps. */
  readonly asText?: boolean;
}

export interface RenderOptions {
  readonly signal?: AbortSignal;
  /** Take a picture, for which pictures of the page are loaded. */
  readonly screenshot?: boolean;
  /** Measure accessibility and how the page fits a telephone; about doubles the time of a look. */
  readonly inspect?: boolean;
  /** Hosts (with their port where it is not the usual one) to which the page may not lead. */
  readonly stopHosts?: (host: string) => boolean;
}

export interface BrowserFetcher {
  /** Renders one address. Same promises as the static fetcher. */
  render(url: string, options?: RenderOptions): Promise<RenderedAnswer>;
  close(): Promise<void>;
}

export const refused = (by: Refusal, detail: string): FetchOutcome => ({ kind: 'refused', by, detail });
export const unreachable = (cause: Cause, detail: string): FetchOutcome => ({ kind: 'unreachable', cause, detail });
