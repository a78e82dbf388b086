import { chromium } from 'playwright';
import { openBrowserProxy } from '../../src/crawl/browser-proxy.ts';
import { openDialer } from '../../src/crawl/dial.ts';
import { readHostMap } from '../../src/crawl/host-map.ts';
import { startSite, contentPage } from './sites.ts';
const other = await startSite((q, r) => { r.writeHead(200, {'content-type':'text/html'}).end('<script>fetch("/from-oopif"); new Image().src="/img-from-oopif"</script>frame'); });
const site = await startSite((q, r) => {
  if (q.url === '/w.js') return void r.writeHead(200, {'content-type':'text/javascript'}).end('fetch("/from-worker")');
  if (q.url === '/sw.js') return void r.writeHead(200, {'content-type':'text/javascript'}).end('fetch("/from-sw")');
  if (q.url === '/s.css') return void r.writeHead(200, {'content-type':'text/css', 'cache-control':'max-age=1000'}).end('body{}');
  if (q.url !== '/' && q.url !== '/2') return void r.writeHead(200, {'content-type':'text/plain'}).end('x');
  r.writeHead(200, {'content-type':'text/html'}).end(contentPage(`<link rel=stylesheet href=/s.css><iframe src="http://other.example/"></iframe>
  <form id=f method=post action=/posted target=_blank></form><a id=a href=/popup-link target=_blank>x</a>
  <script>
   window.results=[];
   try { const w = window.open('/popup'); results.push('open:'+w); } catch(e) { results.push('open threw'); }
   try { document.getElementById('a').click(); } catch(e) {}
   try { new Worker('/w.js') } catch(e) { results.push('worker threw') }
   try { new WebSocket('ws://www.example.ir/ws').onerror=()=>results.push('ws error') } catch(e) { results.push('ws threw') }
   try { navigator.serviceWorker?.register('/sw.js').catch(e=>results.push('sw:'+e)) } catch(e) {}
   navigator.sendBeacon('/beacon','x');
   fetch('/get'); fetch('/post',{method:'POST', body:'x'});
   try { document.getElementById('f').submit(); } catch (e) {}
  </script>`));
});
const dialer = openDialer({ hostMap: readHostMap([`www.example.ir=127.0.0.1:${site.port}`, `other.example=127.0.0.1:${other.port}`]) });
const proxy = await openBrowserProxy(dialer);
const t0 = performance.now();
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true,
  ignoreDefaultArgs: ['--disable-popup-blocking', '--disable-ipc-flooding-protection'],
  args: ['--disable-quic','--disable-gpu','--disable-site-isolation-trials',`--proxy-server=http://127.0.0.1:${proxy.port}`,'--proxy-bypass-list=<-loopback>','--block-new-web-contents','--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1','--force-webrtc-ip-handling-policy=disable_non_proxied_udp'] });
console.log('launch', performance.now()-t0, browser.version());
const context = await browser.newContext({ serviceWorkers:'block', ignoreHTTPSErrors:true, acceptDownloads:false });
const page = await context.newPage();
context.on('page', p => { console.log('popup page', p.url()); });
const cdp = await context.newCDPSession(page);
const seen: string[] = [];
cdp.on('Fetch.requestPaused', e => { seen.push(`${e.resourceType} ${e.request.method} ${e.request.url}`); void cdp.send('Fetch.continueRequest', { requestId: e.requestId }).catch(()=>{}); });
cdp.on('Fetch.authRequired', e => { console.log('auth', e.authChallenge.source, e.request.url); void cdp.send('Fetch.continueWithAuth', { requestId: e.requestId, authChallengeResponse: { response: 'ProvideCredentials', username: proxy.username, password: proxy.password } }).catch(()=>{}); });
await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*' }], handleAuthRequests: true });
await cdp.send('Network.enable'); 
if (process.argv[2]) await cdp.send('Network.setBlockedURLs', { urls: ['ws://*','wss://*'] } as any);
await page.goto('http://www.example.ir/', { waitUntil: 'load' });
await page.waitForTimeout(1500);
console.log(await page.evaluate('window.results'));
console.log('seen', seen); console.log('hits', site.hits, other.hits);
seen.length = 0; const n = site.hits.length;
await page.goto('http://www.example.ir/2', { waitUntil: 'load' });
await page.waitForTimeout(500);
console.log('hits 2', site.hits.slice(n));
console.log('frames', page.frames().length, (await (browser as any).newBrowserCDPSession().then((s: any)=>s.send('SystemInfo.getProcessInfo'))).processInfo.map((p: any)=>p.type).join());
await browser.close(); await proxy.close(); await site.close(); await other.close();
