import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { declaredRoutes, serviceDocument } from '../../functions/routes.ts';
import * as z from 'zod/mini';
import { city, type Synthesized, synthesize } from './synthesized.ts';

const documented = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });
const document = () => documented.parse(JSON.parse(JSON.stringify(serviceDocument())));

let made: Synthesized;
beforeAll(async () => {
  made = await synthesize(city);
});

/** Which function each route key of the gateway leads to. */
function gateway(): { key: string; leadsTo: string }[] {
  const uriOf = new Map(
    made
      .ofType('AWS::ApiGatewayV2::Integration')
      .map(({ id, Properties }) => [id, JSON.stringify(Properties['IntegrationUri'])]),
  );
  return made.ofType('AWS::ApiGatewayV2::Route').map(({ Properties }) => {
    const integration = /"Ref":"([^"]+)"/.exec(JSON.stringify(Properties['Target']))?.[1] ?? '';
    const leadsTo = /"([a-z]+)httpfunction/.exec(uriOf.get(integration) ?? '')?.[1] ?? '';
    return { key: String(Properties['RouteKey']), leadsTo };
  });
}

const matches = (key: string, method: string, path: string): boolean => {
  const [keyMethod = '', keyPath = ''] = key.split(' ');
  const pattern = new RegExp(`^${keyPath.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
  return keyMethod === method.toUpperCase() && pattern.test(path);
};

test('every documented path reaches exactly one function', () => {
  const keys = gateway();
  const operations = Object.entries(document().paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => ({ method, path: path.replace(/\{[^}]+\}/g, 'x') })),
  );
  expect(operations.length).toBeGreaterThan(20);
  for (const { method, path } of operations) {
    const reached = new Set(keys.filter(({ key }) => matches(key, method, path)).map(({ leadsTo }) => leadsTo));
    expect([method, path, [...reached]]).toEqual([method, path, [expect.any(String)]]);
  }
});

test('every declared route leads to the function of its folder', () => {
  const led = new Map(gateway().map(({ key, leadsTo }) => [key, leadsTo]));
  for (const [name, routes] of Object.entries(declaredRoutes))
    for (const { method, path } of routes)
      expect(`${path} → ${led.get(`${method} ${path}`)}`).toBe(`${path} → ${name.replaceAll('-', '')}`);
});

test('what no route matches is answered in the form of the contract', () => {
  expect(gateway().find(({ key }) => key === '$default')?.leadsTo).toBe('settings');
});

test('the checked-in OpenAPI document is what the routes say (npm run openapi)', () => {
  const file: unknown = JSON.parse(readFileSync(new URL('../../docs/api/openapi.json', import.meta.url), 'utf8'));
  // As a yes or no: the difference of two long documents helps nobody.
  expect(isDeepStrictEqual(JSON.parse(JSON.stringify(serviceDocument())), file)).toBe(true);
});
