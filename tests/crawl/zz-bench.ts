import { openBrowserFetcher, findChromium } from '../../src/crawl/fetch-browser.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
const port = process.argv[2]; const n = Number(process.argv[3]); const shot = process.argv[4] === 'shot';
const b = await openBrowserFetcher({ executablePath: findChromium(process.env)!, userAgent: 'RasadBot/0.1', hostMap: readHostMap([`www.example.ir=127.0.0.1:${port}`]) });
const t = performance.now(); let ok = 0;
for (let i = 0; i < n; i++) { const a = await b.render(`http://www.example.ir/p/${i % 60}`, { screenshot: shot }); if (a.outcome.kind === 'page') ok++; }
console.log(n, ok, 'ms/page', ((performance.now() - t) / n).toFixed(0), 'node rss', (process.memoryUsage().rss / 1e6).toFixed(0));
await b.close();
