import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { declaredRoutes, namedMeasures, serviceDocument } from '../../functions/routes.ts';
import { measures } from '@dandang/measures/registry.ts';
import * as z from 'zod/mini';
import { city, type Synthesized, synthesize } from './synthesized.ts';

const documented = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const document = () => documented.parse(JSON.parse(JSON.stringify(serviceDocument())));

let made: Synthesized;
beforeAll(async () => {
  made = await synthesize(city);
});

interface GatewayRoute {
  readonly key: string;
  readonly leadsTo: string;
  readonly checked: boolean;
  readonly stack: string;
}

/** Which function each route key of the gateway leads to, and whether the gateway checks the token. */
function gateway(of: Synthesized = made): GatewayRoute[] {
  const uriOf = new Map(
    of
      .ofType('AWS::ApiGatewayV2::Integration')
      .map(({ id, stack, Properties }) => [`${stack} ${id}`, JSON.stringify(Properties['IntegrationUri'])]),
  );
  return of.ofType('AWS::ApiGatewayV2::Route').map(({ stack, Properties }) => {
    const integration = /"Ref":"([^"]+)"/.exec(JSON.stringify(Properties['Target']))?.[1] ?? '';
    const leadsTo = /"([a-z]+)httpfunction/.exec(uriOf.get(`${stack} ${integration}`) ?? '')?.[1] ?? '';
    return { key: String(Properties['RouteKey']), leadsTo, checked: Properties['AuthorizationType'] === 'JWT', stack };
  });
}

const isGreedy = ({ key }: GatewayRoute): boolean => key.endsWith('{proxy+}');
const literals = ({ key }: GatewayRoute): number => key.split('/').filter((part) => !part.startsWith('{')).length;

/** The route that the gateway takes: one that names the whole path before a greedy one, then the one with more words. */
function routeOf(keys: readonly GatewayRoute[], method: string, path: string): GatewayRoute | undefined {
  const found = keys.filter(({ key }) => matches(key, method, path));
  return found.sort((a, b) => Number(isGreedy(a)) - Number(isGreedy(b)) || literals(b) - literals(a))[0];
}

const matches = (key: string, method: string, path: string): boolean => {
  const [keyMethod = '', keyPath = ''] = key.split(' ');
  const pattern = keyPath
    .replaceAll('.', '\\.')
    .replace(/\{proxy\+\}/, '.+')
    .replace(/\{[^}]+\}/g, '[^/]+');
  return [method.toUpperCase(), 'ANY'].includes(keyMethod) && new RegExp(`^${pattern}$`).test(path);
};

const filled = (path: string): string => path.replace(/\{[^}]+\}/g, 'x');

test('every documented path reaches a function', () => {
  const keys = gateway();
  const operations = Object.entries(document().paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method, path: filled(path) })),
  );
  expect(operations.length).toBeGreaterThan(20);
  for (const { method, path } of operations)
    expect([method, path, routeOf(keys, method, path)?.leadsTo]).toEqual([method, path, expect.stringMatching(/./)]);
});

test('every declared route leads to the function of its folder', () => {
  const keys = gateway();
  for (const [name, routes] of Object.entries(declaredRoutes))
    for (const { method, path } of routes) {
      const { leadsTo } = routeOf(keys, method, filled(path)) ?? {};
      expect(`${path} → ${leadsTo}`).toBe(`${path} → ${name.replaceAll('-', '')}`);
    }
});

test('a measure has two routes of its own, whatever it can do; what others answer of its matters they answer in core', () => {
  const ofMeasures = gateway().filter(({ stack }) => stack === 'dandang-city-measures');
  expect(ofMeasures.map(({ key }) => key)).toEqual(
    measures.flatMap(({ collection }) => [`ANY /api/${collection}`, `ANY /api/${collection}/{proxy+}`]),
  );
});

test('where the gateway checks tokens, it checks them for everything but what needs none', async () => {
  const keys = gateway(await synthesize({ ...city, gatewayAuthorizer: true }));
  for (const { method, path, open = false } of Object.values(declaredRoutes).flat())
    expect([path, routeOf(keys, method, filled(path))?.checked]).toEqual([path, !open]);
});

test('what no route of the API matches is answered in the form of the contract, whatever the gateway checks', async () => {
  for (const keys of [gateway(), gateway(await synthesize({ ...city, gatewayAuthorizer: true }))])
    for (const path of ['/api', '/api/nothing', '/api/nothing/at/all'])
      expect(routeOf(keys, 'POST', path)).toMatchObject({ leadsTo: 'settings', checked: false });
});

test('everything beside the API is the portal’s', () => {
  expect(gateway().find(({ key }) => key === '$default')?.leadsTo).toBe('portal');
});

test('the checked-in words and forms of the measures are what their files say (npm run openapi)', () => {
  const file: unknown = JSON.parse(readFileSync(new URL('../../docs/api/measures.json', import.meta.url), 'utf8'));
  expect(isDeepStrictEqual(JSON.parse(JSON.stringify(namedMeasures())), file)).toBe(true);
});

test('the checked-in OpenAPI document is what the routes say (npm run openapi)', () => {
  const file: unknown = JSON.parse(readFileSync(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8'));
  // As a yes or no: the difference of two long documents helps nobody.
  expect(isDeepStrictEqual(JSON.parse(JSON.stringify(serviceDocument())), file)).toBe(true);
});
