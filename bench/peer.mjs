/**
 * The peer: Crawlee's CheerioCrawler fetches and parses the same pages, and collects their links; nothing else. It keeps
 * its queue in memory, unless the environment names a folder for it (CRAWLEE_STORAGE_DIR), as its own settings have it.
 */
import { CheerioCrawler, Configuration, log } from '@crawlee/cheerio';

const [port, total, hosts] = process.argv.slice(2).map(Number);
log.setLevel(log.LEVELS.ERROR);
const perHost = Math.ceil(total / hosts);
const urls = [];
for (let h = 0; h < hosts; h++)
  for (let i = 0; i < perHost; i++) urls.push(`http://127.0.0.${h + 1}:${port}/p/${h * perHost + i}`);
let pages = 0;
let links = 0;
const crawler = new CheerioCrawler(
  {
    maxRequestRetries: 0,
    requestHandler({ $ }) {
      pages++;
      links += $('a[href]').length;
    },
  },
  new Configuration({ persistStorage: process.env.CRAWLEE_STORAGE_DIR !== undefined, purgeOnStart: true }),
);
const begun = process.cpuUsage();
const clock = process.hrtime.bigint();
await crawler.run(urls);
const cpu = process.cpuUsage(begun);
const wall = Number(process.hrtime.bigint() - clock) / 1e9;
process.stdout.write(
  `${JSON.stringify({ pages, links, cpuSeconds: (cpu.user + cpu.system) / 1e6, wallSeconds: wall, maxRssMb: process.resourceUsage().maxRSS / 1024 })}\n`,
);
process.exit(0);
