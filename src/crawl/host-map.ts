/** `www.example.ir=127.0.0.1:8080`: the traffic for a host goes to another place, its name stays what it is. */
import { isIP } from 'node:net';

export interface MappedHost {
  readonly address: string;
  readonly httpPort: number;
  readonly httpsPort: number;
}

/** Where a host name (lower case, without port) is sent to; undefined when it is not mapped. */
export type HostMap = ReadonlyMap<string, MappedHost>;

const FORM = 'host=address:port or host=address:httpPort/httpsPort, for example www.example.ir=127.0.0.1:8080/8443';

/**
 * Reads mappings, either `host=target` strings or the registry's `{ host: target }`. All ports of the host are sent to
 * the target; with two ports, the second one takes what is asked by https. Throws for what is not of that form.
 */
export function readHostMap(entries: readonly string[] | Readonly<Record<string, string>>): HostMap {
  const given = Array.isArray(entries)
    ? (entries as readonly string[])
    : Object.entries(entries as Readonly<Record<string, string>>).map(([host, target]) => `${host}=${target}`);
  const map = new Map<string, MappedHost>();
  for (const entry of given) {
    const [host, target] = splitAtFirst(entry, '=');
    const parts = /^(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})(?:\/(\d{1,5}))?$/i.exec(target.trim());
    const name = asciiHost(host.trim());
    const httpPort = Number(parts?.[2]);
    const httpsPort = Number(parts?.[3] ?? parts?.[2]);
    const address = parts?.[1]!.replace(/^\[|\]$/g, '');
    const isUsable = address !== undefined && (isIP(address) !== 0 || address === 'localhost');
    if (name === null || !isUsable || !isPort(httpPort) || !isPort(httpsPort)) {
      throw new Error(`A host mapping must be ${FORM}; found "${entry}".`);
    }
    map.set(name, { address: address === 'localhost' ? '127.0.0.1' : address, httpPort, httpsPort });
  }
  return map;
}

function splitAtFirst(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

const isPort = (port: number): boolean => Number.isInteger(port) && port > 0 && port < 65536;

function asciiHost(host: string): string | null {
  try {
    const { hostname, port } = new URL(`http://${host}/`);
    return hostname === '' || port !== '' ? null : hostname;
  } catch {
    return null;
  }
}
