import { loadRegistry } from '../audit/registry.ts';
import { work } from '../audit/worker.ts';
import { editionOf, knowledge, openData, openLooking, rulesDigest, seeking, workerName } from './compose.ts';
import { IDENTITY_PROVIDERS } from '../../rules/hosts/national.ts';
import { PAYMENT_GATEWAYS } from '../../rules/hosts/gateways.ts';
import { systemClock } from '../crawl/politeness.ts';
import { registryFolder } from './places.ts';
const [folder, dataFolder, ...orgs] = process.argv.slice(2);
const registry = loadRegistry(registryFolder(folder!));
const data = openData(dataFolder!);
const ids = orgs.length ? orgs : registry.organizations.filter(o=>o.cooperation!=='withdrawn').map(o=>o.id);
const id = 'dev'+Date.now();
await data.store.createAudit({id,trigger:'command',edition:'r5',registryDigest:registry.digest,rulesDigest,configDigest:'x',organizationIds:ids,startedAt:new Date().toISOString(),finishedAt:null}, registry);
const worker=workerName();
const maps = (process.env['MAPS']??'').split(',').filter(Boolean);
const looking = await openLooking(registry,{mapHosts:maps,render:process.env['NORENDER']?'never':'auto',delay:null,userAgent:'RasadBot/0.1 (+https://rasad.example/bot)',env:process.env});
const t0=Date.now();
const r = await work(registry,{store:data.store,blobs:data.blobs,fetcher:looking.fetcher,browser:looking.browser,politeness:looking.politeness,clock:systemClock,knowledge,seeking,edition:editionOf('r5'),identityHosts:IDENTITY_PROVIDERS,paymentHosts:PAYMENT_GATEWAYS,limits:{maxPages:120},renderHome:looking.browser!==null,
 onEvent(o,e){ if(e.kind==='looked'&&process.env['V']) console.error(o.id,e.snapshot.role,e.snapshot.url,JSON.stringify(e.snapshot.outcome).slice(0,120), e.snapshot.rendered?'R':''); if(e.kind==='host-closed') console.error(o.id,e.host,e.reason)},
 onRuleError(rule,s,e){console.error('RULE ERROR',rule,s,e)}},
 {auditId:id,worker,concurrency:4,onJob(j,s,d){console.error(j.organizationId,s,d,((Date.now()-t0)/1000).toFixed(1))}});
console.error(r);
await looking.close(); await data.store.finishAudit(id,new Date().toISOString());
console.log(id);
await data.close();
